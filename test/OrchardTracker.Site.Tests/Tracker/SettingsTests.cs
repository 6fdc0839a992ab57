using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Deployment;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.Environment.Shell;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;
using OrchardCore.Security;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Tracker.Settings;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>The settings page, and what reaches the settings by other ways.</summary>
public sealed class SettingsTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private const string Page = "Admin/Settings/tracker";

    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_go_by_new_settings_at_once_and_keep_peers_and_shell()
    {
        using var admin = await Site.SignInAsync(TestSite.AdminName);
        using var client = Site.CreateClient();
        var hash = Announcer.NewHash();
        await client.AnnounceAsync(hash, 1001);
        Site.Shells.TryGetShellContext(ShellSettings.DefaultShellName, out var shell);

        var form = await PageForm.ReadAsync(admin, Page);
        using var saved = await form.Set("Interval", "600").Set("MinInterval", "77").Set("IntervalJitter", "0").SendAsync();

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var reply = (BencodeDictionary)BencodeValue.Parse(await client.GetByteArrayAsync(Announcer.Path(hash, 1002)));
        Assert.Equal(600, ((BencodeInteger)reply["interval"u8]!).Value);
        Assert.Equal(77, ((BencodeInteger)reply["min interval"u8]!).Value);
        Assert.Equal(2, ((BencodeInteger)reply["incomplete"u8]!).Value);
        Site.Shells.TryGetShellContext(ShellSettings.DefaultShellName, out var after);
        Assert.Same(shell, after);
        Assert.Equal("600", (await PageForm.ReadAsync(admin, Page)).Get("Interval"));
    }

    /// <summary>Another module's part of the page may refuse it, and what is to be stored may not be.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_go_on_by_the_settings_that_are_stored_when_others_are_not(bool isStoringBroken)
    {
        await using var site = await TestSite.StartAsync(new SiteOptions
        {
            ConfigureOrchard = orchard => orchard.ConfigureServices(
                services => services.AddSingleton(new RefusingDriver.Manner(isStoringBroken)).AddSiteDisplayDriver<RefusingDriver>(), order: int.MaxValue),
        });
        using var admin = await site.SignInAsync(TestSite.AdminName);
        using var client = site.CreateClient();
        var before = (await PageForm.ReadAsync(admin, Page)).Get("MinInterval");

        using var refused = await (await PageForm.ReadAsync(admin, Page)).Set("Mode", "Private").Set("MinInterval", "77").SendAsync();

        Assert.NotEqual(HttpStatusCode.Redirect, refused.StatusCode);
        Assert.Equal(before, (await PageForm.ReadAsync(admin, Page)).Get("MinInterval"));
        await client.AnnounceAsync(Announcer.NewHash(), 1001);
        var reply = (BencodeDictionary)BencodeValue.Parse(await client.GetByteArrayAsync(Announcer.Path(Announcer.NewHash(), 1002)));
        Assert.Equal(before, ((BencodeInteger)reply["min interval"u8]!).Value.ToString());
    }

    [Theory]
    [InlineData("Interval", "-5", "Enter a whole number from 1 to 86400.")]
    [InlineData("Interval", "99999999999999999999", "is not valid")]
    [InlineData("Interval", "soon", "is not valid")]
    [InlineData("MinInterval", "4000", "must not be longer than the announce interval")]
    [InlineData("PeerLifetime", "60", "must live longer than that")]
    [InlineData("MaxWanted", "501", "from 0 to 500")]
    [InlineData("MaxScrapeHashes", "0", "from 1 to 256")]
    [InlineData("TrustedProxies", "10.0.0.0/8\nnonsense", "&quot;nonsense&quot; is neither an address nor a network")]
    [InlineData("TrustedProxies", "0.0.0.0/0", "is everybody")]
    [InlineData("TrustedProxies", "::/0", "is everybody")]
    [InlineData("ForwardedForHeader", "X-Forwarded-For\r\nSet-Cookie: a=b", "letters, digits and dashes only")]
    [InlineData("DeniedClients", "-TR-this-is-longer-than-a-peer-id", "is no beginning of a peer id")]
    [InlineData("AnnouncePath", "/../admin", "A path begins with a slash")]
    [InlineData("AnnouncePath", "announce", "A path begins with a slash")]
    [InlineData("ScrapePath", "/announce/scrape", "none lies below the other")]
    [InlineData("AllowedClients", "<script>alert(1)</script>", "is no beginning of a peer id")]
    public async Task Should_refuse_what_cannot_be_and_say_why(string field, string value, string message)
    {
        using var admin = await Site.SignInAsync(TestSite.AdminName);
        var before = (await PageForm.ReadAsync(admin, Page)).Get(field);

        using var refused = await (await PageForm.ReadAsync(admin, Page)).Set(field, value).SendAsync();

        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        var page = await refused.Content.ReadAsStringAsync();
        Assert.Contains(message, page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Equal(before, (await PageForm.ReadAsync(admin, Page)).Get(field));
        using var client = Site.CreateClient();
        await client.AnnounceAsync(Announcer.NewHash(), 1001);
    }

    [Fact]
    public async Task Should_name_the_clients_that_rules_are_about_and_refuse_denied_ones()
    {
        await using var site = await TestSite.StartAsync();
        using var admin = await site.SignInAsync(TestSite.AdminName);
        using var client = site.CreateClient();
        await client.AnnounceAsync(Announcer.NewHash(), 1001);

        using var saved = await (await PageForm.ReadAsync(admin, Page)).Set("DeniedClients", "-XX0001\n-TR2").SendAsync();

        Assert.Contains("<code>-TR2</code> Transmission", await admin.GetStringAsync(Page), StringComparison.Ordinal);
        Assert.Equal("this BitTorrent client is not allowed here", await client.AnnounceRefusedAsync(Announcer.Path(Announcer.NewHash(), 1001)));
    }

    [Fact]
    public async Task Should_believe_forwarded_addresses_of_trusted_proxies_only()
    {
        await using var site = await TestSite.StartAsync();
        using var admin = await site.SignInAsync(TestSite.AdminName);
        using var client = site.CreateClient();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9, 198.51.100.7");

        Assert.Equal([127, 0, 0, 1], await SeenAsync());
        using (var saved = await (await PageForm.ReadAsync(admin, Page)).Set("TrustedProxies", "127.0.0.0/8").SendAsync())
        {
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        }

        Assert.Equal([198, 51, 100, 7], await SeenAsync());

        async Task<byte[]> SeenAsync()
        {
            var reply = (BencodeDictionary)BencodeValue.Parse(await client.GetByteArrayAsync(Announcer.Path(Announcer.NewHash(), 1001)));
            return ((BencodeString)reply["external ip"u8]!).Bytes.ToArray();
        }
    }

    [Fact]
    public async Task Should_answer_at_other_paths_when_told_so()
    {
        await using var site = await TestSite.StartAsync();
        using var admin = await site.SignInAsync(TestSite.AdminName);
        using var client = site.CreateClient();

        using var saved = await (await PageForm.ReadAsync(admin, Page)).Set("AnnouncePath", "/bt/announce.php").Set("ScrapePath", "/bt/scrape.php").SendAsync();

        var reply = await client.GetStringAsync(Announcer.Path(Announcer.NewHash(), 1001).Replace("announce?", "bt/announce.php?", StringComparison.Ordinal));
        Assert.Contains("8:interval", reply, StringComparison.Ordinal);
        using var old = await client.GetAsync(Announcer.Path(Announcer.NewHash(), 1001));
        Assert.Equal(HttpStatusCode.NotFound, old.StatusCode);
    }

    [Fact]
    public async Task Should_take_settings_from_a_recipe_and_mend_what_is_hostile_in_them()
    {
        await using var site = await TestSite.StartAsync();
        using var client = site.CreateClient();
        await RunStepAsync(site, """
            {
              "name": "Settings",
              "TrackerSiteSettings": {
                "Mode": "Everybody", "Interval": -1, "MinInterval": "often", "PeerLifetime": 1e300, "MaxWanted": 2147483648,
                "TrustedProxies": [ "0.0.0.0/0", null ], "DeniedClients": null, "AnnouncePath": { "a": 1 }, "IntervalJitter": 0,
                "DefaultWanted": 7, "Unknown": [ [ [] ] ]
              }
            }
            """);

        // Not on the page, so nobody tells the tracker; it looks by itself. Registered, because what cannot be read must not open it.
        await Eventually.HoldsAsync(async () =>
            (await client.GetStringAsync(Announcer.Path(Announcer.NewHash(), 1001))).Contains("this torrent is not registered", StringComparison.Ordinal));
        using var admin = await site.SignInAsync(TestSite.AdminName);
        var form = await PageForm.ReadAsync(admin, Page);
        Assert.Equal("7", form.Get("DefaultWanted"));
        Assert.Contains(site.Log.Lines, line => line.Contains("setting Interval cannot be used", StringComparison.Ordinal));

        using var saved = await form.Set("Interval", "1800").Set("TrustedProxies", "").Set("AnnouncePath", "/announce").SendAsync();
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
    }

    [Fact]
    public async Task Should_export_its_settings_and_take_them_back()
    {
        await using var site = await TestSite.StartAsync();
        var step = await site.InTenantAsync(async services =>
        {
            var result = new DeploymentPlanResult(null!, new RecipeDescriptor());
            var factory = services.GetServices<IDeploymentStepFactory>().Single(factory => factory.Name.Contains(nameof(TrackerSiteSettings), StringComparison.Ordinal));
            foreach (var source in services.GetServices<IDeploymentSource>())
            {
                await source.ProcessDeploymentStepAsync(factory.Create(), result);
            }

            return Assert.Single(result.Steps);
        });
        Assert.Equal("Open", step["TrackerSiteSettings"]!["Mode"]!.GetValue<string>());

        step["TrackerSiteSettings"]!["Interval"] = 1234;
        step["TrackerSiteSettings"]!["IntervalJitter"] = 0;
        await RunStepAsync(site, step.ToJsonString());

        using var client = site.CreateClient();
        await Eventually.HoldsAsync(async () =>
            (await client.GetStringAsync(Announcer.Path(Announcer.NewHash(), 1001))).Contains("8:intervali1234e", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_open_to_who_manages_the_tracker_only()
    {
        await Site.InTenantAsync(async services =>
        {
            var roles = services.GetRequiredService<RoleManager<IRole>>();
            await roles.CreateAsync(new Role { RoleName = "Keeper", RoleClaims = [RoleClaim.Create("ManageTracker"), RoleClaim.Create("AccessAdminPanel")] });
            await roles.CreateAsync(new Role { RoleName = "Visitor", RoleClaims = [RoleClaim.Create("AccessAdminPanel")] });
        });
        await Site.AddUserAsync("keeper", "Keeper");
        await Site.AddUserAsync("visitor", "Visitor");

        using var keeper = await Site.SignInAsync("keeper");
        using var visitor = await Site.SignInAsync("visitor");
        Assert.Contains("TrackerSiteSettings.Mode", await keeper.GetStringAsync(Page), StringComparison.Ordinal);
        using var others = await keeper.GetAsync("Admin/Settings/general");
        Assert.NotEqual(HttpStatusCode.OK, others.StatusCode);
        using var refused = await visitor.GetAsync(Page);
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
    }

    [Fact]
    public async Task Should_forget_peers_that_do_not_come_back()
    {
        await using var site = await TestSite.StartAsync();
        using var admin = await site.SignInAsync(TestSite.AdminName);
        using var client = site.CreateClient();
        var hash = Announcer.NewHash();
        using (var saved = await (await PageForm.ReadAsync(admin, Page)).Set("Interval", "1").Set("MinInterval", "1").Set("IntervalJitter", "0").Set("PeerLifetime", "8").SendAsync())
        {
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        }

        await client.AnnounceAsync(hash, 1001, left: 0);

        await Eventually.HoldsAsync(async () => !(await client.GetStringAsync($"scrape?info_hash={hash}")).Contains("8:completei1e", StringComparison.Ordinal));
    }

    private static Task RunStepAsync(TestSite site, string json) => site.InTenantAsync(async services =>
    {
        var step = (JsonObject)JsonNode.Parse(json)!;
        var context = new RecipeExecutionContext { Name = step["name"]!.GetValue<string>(), Step = step, RecipeDescriptor = new RecipeDescriptor() };
        foreach (var handler in services.GetServices<IRecipeStepHandler>())
        {
            await handler.ExecuteAsync(context);
        }

        Assert.Empty(context.Errors);
    });
}
