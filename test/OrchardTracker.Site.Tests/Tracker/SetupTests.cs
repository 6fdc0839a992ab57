using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrchardTracker.Site.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>A private tracker from nothing, by clicks alone: what somebody does who sees Orchard Core for the first time.</summary>
public sealed class SetupTests
{
    [Theory]
    [InlineData("SaaS", true)]
    [InlineData("Blank", false)]
    public async Task Should_lead_from_the_setup_page_to_a_private_tracker(string recipe, bool hasTheme)
    {
        await using var site = await TestSite.StartAsync(new SiteOptions { IsSetUp = false });
        var admin = await site.OpenAsync();
        await SetUpAsync(admin, recipe);
        await admin.SignInAsync(TestSite.AdminName);
        await admin.GotoAsync("Admin");
        await EnableTrackerAsync(admin);
        await MakePrivateAsync(admin);
        await LetOnlyMembersAnnounceAsync(admin);
        await AddUserAsync(admin, "anna", role: "Member");
        await AddUserAsync(admin, "bert");
        var hash = Announcer.NewHash();
        await RegisterAsync(admin, hash);

        // A member finds his address and replaces his passkey; who is none has neither.
        var anna = await site.OpenAsAsync("anna");
        await OpenAccountAsync(anna, "anna", hasTheme);
        var first = await CopyAddressAsync(anna, site);
        using var client = site.CreateClient();
        Assert.Equal((1, 0), await client.AnnounceAsync(hash, 1001, left: 0, at: first));
        await anna.ClickAsync("text=Replace my passkey");
        await Expect(anna.Locator("#announce-url-0")).Not.ToHaveValueAsync(site.Url + first);
        var second = await CopyAddressAsync(anna, site);
        Assert.Contains("replaced by a newer one", await client.AnnounceRefusedAsync(Announcer.Path(hash, 1001, at: first)), StringComparison.Ordinal);
        Assert.Equal((1, 1), await client.AnnounceAsync(hash, 1002, at: second));
        var bert = await site.OpenAsAsync("bert");
        await bert.GotoAsync("tracker/account");
        await Expect(bert.Locator("body")).ToContainTextAsync("You do not have access to this resource");

        // All of it is on the dashboard.
        await FollowAsync(admin, "Tracker", "Dashboard");
        await Expect(admin.Locator("[data-figure=seeders]")).ToHaveTextAsync("1");
        await Expect(admin.Locator("[data-figure=leechers]")).ToHaveTextAsync("1");
        await Expect(admin.Locator("#tracker-figures")).ToContainTextAsync("replaced by a newer one");
    }

    private static async Task SetUpAsync(IPage page, string recipe)
    {
        await page.GotoAsync("");
        await page.FillAsync("#SiteName", "A tracker");
        await page.ClickAsync("#recipeButton");
        await page.ClickAsync($"[data-recipe-name='{recipe}']");
        await page.SelectOptionAsync("#DatabaseProvider", "Sqlite");
        await page.FillAsync("#UserName", TestSite.AdminName);
        await page.FillAsync("#Email", "admin@example.org");
        await page.FillAsync("#Password", TestSite.Password);
        await page.FillAsync("#PasswordConfirmation", TestSite.Password);
        await page.ClickAsync("#SubmitButton");

        // Setting up takes seconds, on a machine with much else to do minutes.
        await Expect(page.Locator("#SubmitButton")).ToHaveCountAsync(0, new() { Timeout = 300_000 });
    }

    private static async Task EnableTrackerAsync(IPage page)
    {
        await FollowAsync(page, "Tools", "Features");
        await page.FillAsync("#search-box", "tracker");
        await page.LeaveByAsync("#btn-enable-OrchardTracker_Tracker");
        await Expect(page.Locator(".message-success")).ToBeVisibleAsync();
    }

    private static async Task MakePrivateAsync(IPage page)
    {
        await FollowAsync(page, "Settings", "Tracker");
        await page.GetByLabel("Mode").SelectOptionAsync("Private");
        await SaveAsync(page);
    }

    private static async Task LetOnlyMembersAnnounceAsync(IPage page)
    {
        await FollowAsync(page, "Access Control", "Roles");
        await page.ClickAsync("[data-filter-value=Authenticated] .edit");
        await PermissionOf(page).UncheckAsync();
        await SaveAsync(page);
        await page.ClickAsync("text=Add Role");
        await page.FillAsync("#RoleName", "Member");
        await page.ClickAsync("button.create");
        await page.ClickAsync("[data-filter-value=Member] .edit");
        await PermissionOf(page).CheckAsync();
        await SaveAsync(page);
    }

    private static ILocator PermissionOf(IPage page) => page.Locator("[name='Checkbox.AnnounceToTracker']");

    private static async Task AddUserAsync(IPage page, string name, string? role = null)
    {
        await FollowAsync(page, "Access Control", "Users");
        await page.ClickAsync("text=Add User");
        await page.FillAsync("[name='User.UserName']", name);
        await page.FillAsync("[name='User.Email']", name + "@example.org");
        await page.FillAsync("[name='User.Password']", TestSite.Password);
        await page.FillAsync("[name='User.PasswordConfirmation']", TestSite.Password);
        if (role is not null)
        {
            await page.GetByLabel(role, new() { Exact = true }).CheckAsync();
        }

        await SaveAsync(page);
    }

    private static async Task RegisterAsync(IPage page, string hash)
    {
        await FollowAsync(page, "Tracker", "Torrents");
        await page.ClickAsync("text=Add torrents");
        await page.GetByLabel("Info-hashes or magnet links").FillAsync(TrackerSite.HashOf(hash) + " Songs of the forest");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Songs of the forest")).ToBeVisibleAsync();
    }

    private static async Task OpenAccountAsync(IPage page, string name, bool hasTheme)
    {
        if (hasTheme)
        {
            await page.ClickAsync($".nav-link.dropdown-toggle:has-text('{name}')");
            await page.ClickAsync(".dropdown-item:has-text('Tracker')");
        }
        else
        {
            // There is no menu then; the settings name the address.
            await page.GotoAsync("tracker/account");
        }
    }

    private static async Task<string> CopyAddressAsync(IPage page, TestSite site)
    {
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var confirmed = Expect(page.Locator(".tracker-copy")).ToHaveTextAsync("Copied");
        await page.ClickAsync(".tracker-copy");
        await confirmed;
        var copied = await page.EvaluateAsync<string>("navigator.clipboard.readText()");
        Assert.StartsWith(site.Url.ToString(), copied, StringComparison.Ordinal);
        return copied[site.Url.ToString().Length..];
    }

    private static async Task SaveAsync(IPage page)
    {
        await page.LeaveByAsync("button.save");
        await Expect(page.Locator(".message-success")).ToBeVisibleAsync();
    }

    /// <summary>Goes to a page by the admin's menu. Menus and buttons of the admin do nothing before its scripts are there.</summary>
    private static async Task FollowAsync(IPage page, string branch, string leaf)
    {
        await page.WaitForLoadStateAsync();
        var item = page.Locator($"#adminMenu > li:has(> figure > figcaption .title:text-is('{branch}'))");
        var toggle = item.Locator("> figure > figcaption > button");
        if (await toggle.GetAttributeAsync("aria-expanded") == "false")
        {
            await toggle.ClickAsync();
        }

        var link = item.Locator($"a:has(.title:text-is('{leaf}'))");
        var target = new Regex(Regex.Escape((await link.GetAttributeAsync("href"))!.Split('?')[0]) + "(\\?|$)");
        for (var attempt = 1; !target.IsMatch(page.Url); attempt++)
        {
            // A branch that is just unfolding swallows a click now and then. Who sees that nothing happens clicks again.
            await link.ClickAsync();
            try
            {
                await Expect(page).ToHaveURLAsync(target, new() { Timeout = 15_000 });
            }
            catch (PlaywrightException) when (attempt < 4)
            {
            }
        }

        await page.WaitForLoadStateAsync();
    }
}
