using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell.Models;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>Announces that Orchard Core never sees.</summary>
public sealed class FastPathTests
{
    [Fact]
    public async Task Should_answer_before_orchard_for_each_tenant_by_its_prefix()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddTenantAsync("Below", "below");
        using var root = site.CreateClient();
        using var below = site.CreateClient("below");
        var hash = Announcer.NewHash();
        await root.AnnounceAsync(hash, 1001);
        await below.AnnounceAsync(hash, 1001);
        var scopes = site.Shells.ListShellContexts().Select(shell => (shell.Settings.Name, shell)).ToDictionary();

        // With its shells released nothing but the fast path can answer without building them anew.
        foreach (var shell in scopes.Values)
        {
            await site.Shells.ReleaseShellContextAsync(shell.Settings);
        }

        Assert.Equal((0, 2), await root.AnnounceAsync(hash, 1002));
        Assert.Equal((0, 2), await below.AnnounceAsync(hash, 1002));
        Assert.All(site.Shells.ListShellContexts(), shell => Assert.IsType<OrchardCore.Environment.Shell.Builders.ShellContext.PlaceHolder>(shell));
    }

    [Fact]
    public async Task Should_answer_before_authentication_which_all_others_meet()
    {
        var made = 0;
        await using var site = await TestSite.StartAsync(new SiteOptions
        {
            Configure = builder => builder.Services.AddScoped<IAuthenticationHandlerProvider>(services =>
            {
                Interlocked.Increment(ref made);
                return ActivatorUtilities.CreateInstance<AuthenticationHandlerProvider>(services);
            }),
        });
        using var client = site.CreateClient();
        await client.AnnounceAsync(Announcer.NewHash(), 1001);
        made = 0;

        await client.AnnounceAsync(Announcer.NewHash(), 1001);
        Assert.Equal(0, made);

        using var page = await client.GetAsync("");
        Assert.Equal(2, made); // The host's, and the tenant's.
    }

    [Fact]
    public async Task Should_leave_a_disabled_tenant_alone()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddTenantAsync("Below", "below");
        using var client = site.CreateClient("below");
        await client.AnnounceAsync(Announcer.NewHash(), 1001);
        site.Shells.TryGetSettings("Below", out var settings);

        settings.State = TenantState.Disabled;
        await site.Shells.UpdateShellSettingsAsync(settings);

        using var response = await client.GetAsync(Announcer.Path(Announcer.NewHash(), 1001));
        Assert.DoesNotContain("interval", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_follow_a_tenant_to_another_prefix()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddTenantAsync("Below", "below");
        using var client = site.CreateClient("below");
        using var moved = site.CreateClient("moved");
        var hash = Announcer.NewHash();
        await client.AnnounceAsync(hash, 1001);
        site.Shells.TryGetSettings("Below", out var settings);

        settings.RequestUrlPrefix = "moved";
        await site.Shells.UpdateShellSettingsAsync(settings);

        Assert.Equal((0, 2), await moved.AnnounceAsync(hash, 1002));
        await Eventually.HoldsAsync(async () =>
        {
            using var response = await client.GetAsync(Announcer.Path(hash, 1003));
            return !(await response.Content.ReadAsStringAsync()).Contains("interval", StringComparison.Ordinal);
        });
    }
}
