using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Data.Migration.Records;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Removing;
using OrchardTracker.Frontends;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Data;
using OrchardTracker.Tracker.Hosting;
using OrchardTracker.Tracker.Services;
using YesSql;
using ISession = YesSql.ISession;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>What is kept when the module is renewed, switched off and on, and what is left when its tenant is removed.</summary>
public sealed class MigrationTests
{
    private const string Migration = "OrchardTracker.Tracker.Data.TrackerMigrations";

    /// <summary>Each state that the database can be in, from before there were lists on.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Should_bring_an_older_database_up_to_date_and_keep_what_is_in_it(int version)
    {
        var site = await TestSite.StartAsync();
        await site.SetTrackerAsync(("Mode", "Private"), ("MinInterval", "222"));
        await site.AddUserAsync("anna");
        var at = await site.AnnouncePathOfAsync("anna");
        await site.InTenantAsync(services => MakeOlderAsync(services, version));
        var folder = await site.StopAsync();

        await using var again = await TestSite.StartAsync(new SiteOptions { Folder = folder });

        Assert.Equal(at, await again.AnnouncePathOfAsync("anna"));
        using var admin = await again.SignInAsync(TestSite.AdminName);
        Assert.Equal("222", (await PageForm.ReadAsync(admin, "Admin/Settings/tracker")).Get("MinInterval"));
        var hash = Announcer.NewHash();
        using (await (await PageForm.ReadAsync(admin, "Admin/Tracker/Torrents/Add")).Set("Text", TrackerSite.HashOf(hash).ToString()).SendAsync())
        using (await (await PageForm.ReadAsync(admin, "Admin/Tracker/Bans/Add")).Set("Kind", "Address").Set("Value", "192.0.2.1").Set("Reason", "noise").SendAsync())
        using (var client = again.CreateClient())
        {
            await client.AnnounceAsync(hash, 1001, extra: "&event=started", at: at);
            await client.AnnounceAsync(hash, 1001, at: at, uploaded: 3);
            await again.AccountBecomesAsync(await again.AddUserAsync("anna"), sums => sums.Uploaded == 3);
            Assert.Contains("192.0.2.1", await admin.GetStringAsync("Admin/Tracker/Bans", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        Assert.Equal(3, await again.InTenantAsync(async services =>
            (await services.GetRequiredService<ISession>().Query<DataMigrationRecord>().FirstOrDefaultAsync()).DataMigrations.Single(entry => entry.DataMigrationClass == Migration).Version));

    }

    [Fact]
    public async Task Should_keep_all_that_is_stored_and_counted_while_its_feature_is_off()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddTenantAsync("Switched", "switched");
        using var admin = await site.SignInAsync(TestSite.AdminName, "switched");
        using (await (await PageForm.ReadAsync(admin, "Admin/Settings/tracker")).Set("Mode", "Private").Set("MinInterval", "222").SendAsync())
        using (await (await PageForm.ReadAsync(admin, "Admin/Tracker/Bans/Add")).Set("Kind", "Client").Set("Value", "-XX0009-").Set("Reason", "noise").SendAsync())
        using (var client = site.CreateClient("switched"))
        {
            var page = await admin.GetStringAsync("tracker/account", TestContext.Current.CancellationToken);
            var hash = Announcer.NewHash();
            using (await (await PageForm.ReadAsync(admin, "Admin/Tracker/Torrents/Add")).Set("Text", TrackerSite.HashOf(hash).ToString()).SendAsync())
            {
                var at = TrackerSite.AnnouncePathOn(site, page)["switched/".Length..];
                await client.AnnounceAsync(hash, 1001, extra: "&event=started", at: at);
                await client.AnnounceAsync(hash, 1001, at: at, uploaded: 1000);

                // At once: what waits is written although the feature is off.
                await SwitchAsync(site, "Switched", isOn: false);
                using (var off = await client.GetAsync(Announcer.Path(hash, 1001, at: at), TestContext.Current.CancellationToken))
                {
                    Assert.Equal(System.Net.HttpStatusCode.NotFound, off.StatusCode);
                }

                await SwitchAsync(site, "Switched", isOn: true);
                await client.AnnounceAsync(hash, 1001, at: at, uploaded: 1500);
                await Eventually.HoldsAsync(async () =>
                    (await admin.GetStringAsync("tracker/account", TestContext.Current.CancellationToken)).Contains("data-sum=\"uploaded\" data-bytes=\"1500\"", StringComparison.Ordinal));
                Assert.Contains("not allowed here", await client.AnnounceRefusedAsync(Announcer.Path(hash, 1001, at: at, peerId: "-XX0009-")), StringComparison.Ordinal);
                Assert.Equal("222", (await PageForm.ReadAsync(admin, "Admin/Settings/tracker")).Get("MinInterval"));
            }
        }
    }

    [Fact]
    public async Task Should_run_nothing_while_its_feature_is_off_and_all_of_it_afterwards()
    {
        await using var site = await TestSite.StartAsync();
        var name = $"Switched{Guid.NewGuid():N}";
        await site.AddTenantAsync(name, "switched");
        using var client = site.CreateClient("switched");
        await client.AnnounceAsync(Announcer.NewHash(), 1001);
        var tenant = await TrackerOfAsync(site, name);
        var loops = LoopsOf(tenant);
        Assert.True(IsMeasured());

        var delta = new AccountDelta(1, TrackerSite.HashOf(Announcer.NewHash()), 5, 0, 0, TimeSpan.Zero, Completed: false);
        tenant.Ledger.OnAccount(delta, default);
        await SwitchAsync(site, name, isOn: false);
        Assert.Null(tenant.Process!.Loops);
        Assert.Equal(0, tenant.Ledger.Count);
        Assert.False(IsMeasured());

        // They have really ended: nothing holds them any more.
        await Eventually.HoldsAsync(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return !loops.Exists(loop => loop.IsAlive);
        });

        await SwitchAsync(site, name, isOn: true);
        await client.AnnounceAsync(Announcer.NewHash(), 1001);
        Assert.Same(tenant, await TrackerOfAsync(site, name));
        Assert.NotNull(tenant.Process.Loops);
        Assert.True(IsMeasured());
        tenant.Ledger.OnAccount(delta, default);
        await Eventually.HoldsAsync(() => tenant.Ledger.Count == 0);

        bool IsMeasured()
        {
            var isMeasured = false;
            using var listener = new MeterListener
            {
                InstrumentPublished = (instrument, self) =>
                {
                    isMeasured |= instrument.Meter.Name == TrackerMeter.Name && (instrument.Meter.Tags?.Any(tag => name.Equals(tag.Value)) ?? false);
                },
            };
            listener.Start();
            return isMeasured;
        }
    }

    [Fact]
    public async Task Should_leave_nothing_running_of_a_tenant_that_is_removed()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddTenantAsync("Short", "short");
        using (var client = site.CreateClient("short"))
        {
            await client.AnnounceAsync(Announcer.NewHash(), 1001);
        }

        var tenant = await TrackerOfAsync(site, "Short");
        Assert.Contains(tenant, TrackerRegistry.All);
        site.Shells.TryGetSettings("Short", out var settings);
        settings.State = OrchardCore.Environment.Shell.Models.TenantState.Disabled;
        await site.Shells.UpdateShellSettingsAsync(settings);

        // Not before the last request in it has ended.
        await Eventually.HoldsAsync(async () => (await site.HostServices.GetRequiredService<IShellRemovalManager>().RemoveAsync(settings)).Success);

        Assert.DoesNotContain(tenant, TrackerRegistry.All);
        Assert.False(tenant.IsActive);

        // Its pulse has ended: what it held of the shell can go.
        var weak = new WeakReference(tenant);
        tenant = null;
        await Eventually.HoldsAsync(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return !weak.IsAlive;
        });
    }

    private static Task<TenantTracker> TrackerOfAsync(TestSite site, string tenant) =>
        site.InTenantAsync(services => Task.FromResult(services.GetRequiredService<SiteTracker>().Tenant), tenant);

    /// <summary>What runs for a tracker. Not inlined: the test itself holds none of it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> LoopsOf(TenantTracker tenant) => [new(tenant.Process!.Loops!.Pulse), new(tenant.Process.Loops.Completions)];

    private static Task SwitchAsync(TestSite site, string tenant, bool isOn) => site.InTenantAsync(
        async services =>
        {
            var features = services.GetRequiredService<IShellFeaturesManager>();
            var ours = (await features.GetAvailableFeaturesAsync()).Where(feature => feature.Id.StartsWith("OrchardTracker.", StringComparison.Ordinal)).ToList();
            await features.UpdateFeaturesAsync(isOn ? [] : ours, isOn ? ours : [], force: true);
        },
        tenant);

    /// <summary>Makes the database what it was when the module had this version.</summary>
    private static async Task MakeOlderAsync(IServiceProvider services, int version)
    {
        string[] added = version == 1 ? ["Torrents", "Blocks", "Bans", "Accounts", "Totals", "Terms"] : ["Accounts", "Totals", "Terms"];
        var database = services.GetRequiredService<TrackerDatabase>();
        foreach (var table in added)
        {
            await database.ExecuteAsync($"DROP TABLE <{table}>");
        }

        var session = services.GetRequiredService<ISession>();
        var record = await session.Query<DataMigrationRecord>().FirstOrDefaultAsync();
        record.DataMigrations.Single(entry => entry.DataMigrationClass == Migration).Version = version;
        await session.SaveAsync(record);
        await session.SaveChangesAsync();
    }
}
