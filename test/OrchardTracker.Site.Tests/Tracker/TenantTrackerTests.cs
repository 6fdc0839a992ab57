using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Models;
using OrchardTracker.Site.Tests.Hosting;
using ISession = YesSql.ISession;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>Announces to a site, by the filter in the tenant and by the fast path in the host.</summary>
public sealed class TenantTrackerTests(TenantTrackerTests.Fixture fixture) : IClassFixture<TenantTrackerTests.Fixture>
{
    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_answer_an_announce_and_a_scrape()
    {
        using var client = Site.CreateClient();
        var hash = Announcer.NewHash();

        await client.AnnounceAsync(hash, 1001, left: 0);

        Assert.Equal((1, 1), await client.AnnounceAsync(hash, 1002));
        Assert.Contains("8:completei1e", await client.GetStringAsync($"scrape?info_hash={hash}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_open_no_database_session()
    {
        using var client = Site.CreateClient();
        await client.AnnounceAsync(Announcer.NewHash(), 1001);

        // Now and then the site opens one by itself, to look what has changed. What an announce opened would be seen each time.
        var least = int.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var opened = fixture.SessionsOpened;
            await client.AnnounceAsync(Announcer.NewHash(), 1001);
            await client.GetStringAsync($"scrape?info_hash={Announcer.NewHash()}");
            await client.AnnounceRefusedAsync("announce?info_hash=short");
            least = Math.Min(least, fixture.SessionsOpened - opened);
        }

        Assert.Equal(0, least);

        // The counter works: a page of the CMS does open one.
        var before = fixture.SessionsOpened;
        await client.GetStringAsync("");
        Assert.NotEqual(before, fixture.SessionsOpened);
    }

    [Fact]
    public async Task Should_lose_no_peer_when_a_shell_is_released_or_reloaded()
    {
        using var client = Site.CreateClient();
        var hash = Announcer.NewHash();
        await client.AnnounceAsync(hash, 1001);
        Site.Shells.TryGetSettings(ShellSettings.DefaultShellName, out var settings);

        await Site.Shells.ReleaseShellContextAsync(settings);
        Assert.Equal((0, 2), await client.AnnounceAsync(hash, 1002));

        await Site.Shells.ReloadShellContextAsync(settings);
        Assert.Equal((0, 3), await client.AnnounceAsync(hash, 1003));
    }

    [Fact]
    public async Task Should_be_silent_while_its_feature_is_off_and_lose_nothing()
    {
        await Site.AddTenantAsync("Switched", "switched");
        using var client = Site.CreateClient("switched");
        var hash = Announcer.NewHash();
        await client.AnnounceAsync(hash, 1001);

        await SwitchAsync(isOn: false);
        using (var refused = await client.GetAsync(Announcer.Path(hash, 1002)))
        {
            Assert.Equal(System.Net.HttpStatusCode.NotFound, refused.StatusCode);
        }

        await SwitchAsync(isOn: true);
        Assert.Equal((0, 2), await client.AnnounceAsync(hash, 1002));

        Task SwitchAsync(bool isOn) => Site.InTenantAsync(
            async services =>
            {
                var features = services.GetRequiredService<IShellFeaturesManager>();
                var ids = new HashSet<string> { "OrchardTracker.Tracker", "OrchardTracker.Torrents", "OrchardTracker.MediaTorrent" };
                var ours = (await features.GetAvailableFeaturesAsync()).Where(feature => ids.Contains(feature.Id)).ToList();
                await features.UpdateFeaturesAsync(isOn ? [] : ours, isOn ? ours : [], force: true);
            },
            "Switched");
    }

    [Fact]
    public async Task Should_keep_tenants_apart_and_forget_a_removed_one()
    {
        await Site.AddTenantAsync("First", "first");
        await Site.AddTenantAsync("Second", "second");
        using var first = Site.CreateClient("first");
        using var second = Site.CreateClient("second");
        var hash = Announcer.NewHash();
        await first.AnnounceAsync(hash, 1001);

        Assert.Equal((0, 1), await second.AnnounceAsync(hash, 1002));
        Assert.Equal((0, 2), await first.AnnounceAsync(hash, 1003));

        Site.Shells.TryGetSettings("First", out var settings);
        settings.State = TenantState.Disabled;
        await Site.Shells.UpdateShellSettingsAsync(settings);

        // Not before the last request in it has ended.
        await Eventually.HoldsAsync(async () =>
            (await Site.HostServices.GetRequiredService<OrchardCore.Environment.Shell.Removing.IShellRemovalManager>().RemoveAsync(settings)).Success);
        await Site.AddTenantAsync("First", "first");

        Assert.Equal((0, 1), await first.AnnounceAsync(hash, 1004));
    }

    [Fact]
    public async Task Should_bring_the_swarms_over_a_restart()
    {
        var hash = Announcer.NewHash();
        var site = await TestSite.StartAsync();
        using (var client = site.CreateClient())
        {
            await client.AnnounceAsync(hash, 1001, left: 0);
        }

        var folder = await site.StopAsync();
        await using var again = await TestSite.StartAsync(new SiteOptions { Folder = folder });
        using var later = again.CreateClient();

        Assert.Equal((1, 1), await later.AnnounceAsync(hash, 1002));
    }

    public sealed class Fixture : SiteFixture
    {
        private int _sessionsOpened;

        public int SessionsOpened => _sessionsOpened;

        protected override SiteOptions Options => new()
        {
            // The filter of the tenant is on trial here; the fast path has a test of its own.
            Args = ["--OrchardTracker:FastPath=false"],
            ConfigureOrchard = orchard => orchard.ConfigureServices(
                services =>
                {
                    var session = services.Last(service => service.ServiceType == typeof(ISession));
                    services.AddScoped(provider =>
                    {
                        Interlocked.Increment(ref _sessionsOpened);
                        return (ISession)session.ImplementationFactory!(provider);
                    });
                },
                order: int.MaxValue),
        };
    }
}
