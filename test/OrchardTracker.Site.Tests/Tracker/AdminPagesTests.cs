using Microsoft.Playwright;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>The admin and a user's own page in a browser, by clicks alone.</summary>
public sealed class AdminPagesTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_let_the_administrator_into_the_admin()
    {
        var page = await Site.OpenAsAsync(TestSite.AdminName);

        await page.GotoAsync("Admin/Features");

        Assert.Contains("BitTorrent Tracker", await page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_run_a_private_tracker_by_clicks_alone()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddUserAsync("anna");
        var admin = await site.OpenAsAsync(TestSite.AdminName);

        // Private, from the settings page.
        await admin.GotoAsync("Admin/Settings/tracker");
        await admin.SelectOptionAsync("[name$='.Mode']", "Private");
        await admin.ClickAsync("button[type=submit]:has-text('Save')");
        await Assertions.Expect(admin.Locator(".message-success, .alert-success").First).ToBeVisibleAsync();

        // A torrent by its hash.
        var hash = Announcer.NewHash();
        await admin.GotoAsync("Admin/Tracker/Torrents");
        await admin.ClickAsync("a.create");
        await admin.FillAsync("#Text", $"{TrackerSite.HashOf(hash)}  By clicks");
        await admin.ClickAsync("form[method=post] button[type=submit].btn-primary, form[method=post] button.save");
        await Assertions.Expect(admin.GetByText("By clicks")).ToBeVisibleAsync();

        // The user takes her address, replaces her key, and announces with the new one.
        var anna = await site.OpenAsAsync("anna");
        await anna.GotoAsync("tracker/account");
        var first = await anna.InputValueAsync("#announce-url-0");
        using var client = site.CreateClient();
        await client.AnnounceAsync(hash, 1001, at: Relative(first));
        await anna.ClickAsync("text=Replace my passkey");
        await Assertions.Expect(anna.GetByText("You have a new passkey.")).ToBeVisibleAsync();
        var second = await anna.InputValueAsync("#announce-url-0");
        Assert.NotEqual(first, second);
        Assert.Contains("replaced by a newer one", await client.AnnounceRefusedAsync(Announcer.Path(hash, 1001, at: Relative(first))), StringComparison.Ordinal);
        await client.AnnounceAsync(hash, 1001, at: Relative(second));

        // A ban of the user, from the users' list; and it is lifted.
        await Eventually.HoldsAsync(async () =>
        {
            await admin.GotoAsync("Admin/Tracker/Users");
            return await admin.Locator("a:has-text('anna')").CountAsync() > 0;
        });
        await admin.Locator("a:has-text('anna')").First.ClickAsync();
        await admin.ClickAsync("main a:has-text('Ban'), .ta-content a.btn:has-text('Ban')");
        await admin.FillAsync("#Reason", "noise");
        await admin.ClickAsync("form[method=post] button[type=submit].btn-primary, form[method=post] button.save");
        await Assertions.Expect(admin.GetByText("The ban is in force.")).ToBeVisibleAsync();
        Assert.Equal("your account is banned from this tracker", await client.AnnounceRefusedAsync(Announcer.Path(hash, 1001, at: Relative(second))));
        await admin.CheckAsync("[name=ids]");
        await admin.ClickAsync("text=Lift the selected");
        await Assertions.Expect(admin.GetByText("One ban was lifted.")).ToBeVisibleAsync();
        await client.AnnounceAsync(hash, 1001, at: Relative(second));

        string Relative(string url) => url[site.Url.ToString().Length..];
    }
}
