using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OrchardCore.ContentManagement;
using OrchardCore.Security;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>What the tracker shows of itself.</summary>
public sealed class DashboardTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_move_while_clients_announce()
    {
        using var client = Site.CreateClient();
        var hash = Announcer.NewHash();
        await client.AnnounceAsync(hash, 1001, left: 0, peerId: "-TR4050-");
        var page = await Site.OpenAsAsync(TestSite.AdminName);
        await page.GotoAsync("Admin/Tracker");
        var before = await FigureAsync(page, "announces");
        await Assertions.Expect(page.Locator("#tracker-figures")).ToContainTextAsync("Transmission");

        for (var port = 1002; port < 1012; port++)
        {
            await client.AnnounceAsync(hash, port, peerId: "-qB4520-");
        }

        await client.AnnounceRefusedAsync("announce?info_hash=short&x=1");
        await Eventually.HoldsAsync(async () => await FigureAsync(page, "announces") >= before + 10);
        await Eventually.HoldsAsync(async () => (await page.InnerTextAsync("#tracker-figures")).Contains("qBittorrent", StringComparison.Ordinal));
        var text = await page.InnerTextAsync("#tracker-figures");
        Assert.Contains("info_hash must be 20 bytes long", text, StringComparison.Ordinal);

        // The chart has points as soon as there are two samples.
        await Eventually.HoldsAsync(async () => (await page.Locator("polyline").First.GetAttributeAsync("points"))!.Contains(' ', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_show_a_swarm_with_addresses_for_who_may_see_them_only()
    {
        using var client = Site.CreateClient();
        var hash = Announcer.NewHash();
        await client.AnnounceAsync(hash, 1001, left: 0, peerId: "-TR4050-");
        await client.AnnounceAsync(hash, 1002, peerId: "-LT2080-");
        var path = $"Admin/Tracker/Dashboard/Swarm/{TrackerSite.HashOf(hash)}";

        using var admin = await Site.SignInAsync(TestSite.AdminName);
        var whole = await admin.GetStringAsync(path);
        Assert.Contains("Transmission", whole, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1:1002", whole, StringComparison.Ordinal);

        await Site.AddUserAsync("editor", "Editor");
        using var editor = await Site.SignInAsync("editor");
        var part = await editor.GetStringAsync(path);
        Assert.Contains("Transmission", part, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1:1002", part, StringComparison.Ordinal);
        using var users = await editor.GetAsync("Admin/Tracker/Users");
        Assert.NotEqual(HttpStatusCode.OK, users.StatusCode);
    }

    [Fact]
    public async Task Should_hold_no_shell_while_it_is_shown()
    {
        var page = await Site.OpenAsAsync(TestSite.AdminName);
        await page.GotoAsync("Admin/Tracker");
        Site.Shells.TryGetShellContext("Default", out var shell);
        await Site.Shells.ReleaseShellContextAsync(shell.Settings);

        // A scope that stayed open would keep the released shell.
        await Eventually.HoldsAsync(() => shell.ServiceProvider is null);
        using var client = Site.CreateClient();
        await client.AnnounceAsync(Announcer.NewHash(), 1001);
        var before = await FigureAsync(page, "announces");
        await client.AnnounceAsync(Announcer.NewHash(), 1001);
        await Eventually.HoldsAsync(async () => await FigureAsync(page, "announces") > before);
    }

    [Fact]
    public async Task Should_offer_a_widget_for_the_dashboard_of_the_admin()
    {
        using var client = Site.CreateClient();
        await client.AnnounceAsync(Announcer.NewHash(), 1001);
        await AddWidgetAsync(Site);

        using var admin = await Site.SignInAsync(TestSite.AdminName);
        var page = await admin.GetStringAsync("Admin");
        Assert.Contains("The tracker now", page, StringComparison.Ordinal);
        Assert.Contains("tracker-widget", page, StringComparison.Ordinal);
        Assert.Contains("TrackerDashboardWidget", await admin.GetStringAsync("Admin/dashboard/manage"), StringComparison.Ordinal);

        // Who may see the dashboard but no statistics sees no numbers.
        await Site.InTenantAsync(async services => await services.GetRequiredService<RoleManager<IRole>>().CreateAsync(
            new Role { RoleName = "Onlooker", RoleClaims = [RoleClaim.Create("AccessAdminPanel"), RoleClaim.Create("AccessAdminDashboard"), RoleClaim.Create("ViewContent")] }));
        await Site.AddUserAsync("onlooker", "Onlooker");
        using var onlooker = await Site.SignInAsync("onlooker");
        Assert.DoesNotContain("tracker-widget", await onlooker.GetStringAsync("Admin"), StringComparison.Ordinal);
    }

    internal static Task AddWidgetAsync(TestSite site) => site.InTenantAsync(async services =>
    {
        var contents = services.GetRequiredService<IContentManager>();
        var widget = await contents.NewAsync("TrackerDashboardWidget");
        widget.DisplayText = "The tracker now";
        widget.Alter<OrchardCore.Title.Models.TitlePart>(title => title.Title = "The tracker now");
        await contents.CreateAsync(widget, VersionOptions.Published);
    });

    private static async Task<long> FigureAsync(IPage page, string name) =>
        long.Parse((await page.InnerTextAsync($"[data-figure={name}]")).Replace(",", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);
}
