using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Tracker.Lists;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>Addresses, users and clients that may not announce.</summary>
public sealed class BanTests(BanTests.Fixture fixture) : IClassFixture<BanTests.Fixture>
{
    private const string Page = "Admin/Tracker/Bans";

    private TestSite Site => fixture.Site;

    [Theory]
    [InlineData("198.51.100.0/24", "198.51.100.77", "198.51.101.77")]
    [InlineData("192.0.2.5", "192.0.2.5", "192.0.2.6")]
    [InlineData("2001:db8:1::/48", "2001:db8:1:2::3", "2001:db8:2::3")]
    public async Task Should_ban_addresses_at_once_forget_their_peers_and_let_them_back_when_lifted(string network, string banned, string other)
    {
        var hash = Announcer.NewHash();
        await Site.ServeAsync(hash);
        using var from = ClientAt(banned);
        using var beside = ClientAt(other);
        await from.AnnounceAsync(hash, 1001);
        Assert.Equal((0, 2), await beside.AnnounceAsync(hash, 1002));

        await BanAsync(BanKind.Address, network);

        Assert.Equal("your address is banned from this tracker", await from.AnnounceRefusedAsync(Announcer.Path(hash, 1001)));
        Assert.Equal((0, 1), await beside.AnnounceAsync(hash, 1002));
        await LiftAllAsync();
        await from.AnnounceAsync(hash, 1001);
    }

    [Fact]
    public async Task Should_ban_a_client_program()
    {
        using var client = ClientAt("203.0.113.1");
        await client.AnnounceAsync(Fixture.Hash, 1003, peerId: "-BX0001-");

        await BanAsync(BanKind.Client, "-BX");

        Assert.Equal("this BitTorrent client is not allowed here", await client.AnnounceRefusedAsync(Announcer.Path(Fixture.Hash, 1003, peerId: "-BX0002-")));
        await client.AnnounceAsync(Fixture.Hash, 1003, peerId: "-BY0001-");
        await LiftAllAsync();
        await client.AnnounceAsync(Fixture.Hash, 1003, peerId: "-BX0001-");
    }

    [Fact]
    public async Task Should_ban_a_user_and_forget_his_peers()
    {
        await using var site = await TestSite.StartAsync();
        await site.SetTrackerAsync(("Mode", "Private"));
        await site.ServeAsync(Fixture.Hash);
        await site.AddUserAsync("anna");
        var anna = await site.AnnouncePathOfAsync("anna");
        var admin = await site.AnnouncePathOfAsync(TestSite.AdminName);
        using var client = site.CreateClient();
        await client.AnnounceAsync(Fixture.Hash, 1004, at: anna);

        using (var session = await site.SignInAsync(TestSite.AdminName))
        {
            using var done = await (await PageForm.ReadAsync(session, $"{Page}/Add")).Set("Kind", "User").Set("Value", "anna").Set("Reason", "cheats").SendAsync();
            Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        }

        Assert.Equal("your account is banned from this tracker", await client.AnnounceRefusedAsync(Announcer.Path(Fixture.Hash, 1004, at: anna)));
        Assert.Equal((0, 1), await client.AnnounceAsync(Fixture.Hash, 1005, at: admin));

        // Over a restart, and by the end of the ban alone.
        var folder = await site.StopAsync();
        await using var again = await TestSite.StartAsync(new SiteOptions { Folder = folder });
        await again.ServeAsync(Fixture.Hash);
        using var later = again.CreateClient();
        anna = await again.AnnouncePathOfAsync("anna");
        Assert.Equal("your account is banned from this tracker", await later.AnnounceRefusedAsync(Announcer.Path(Fixture.Hash, 1004, at: anna)));
        await again.InTenantAsync(async services =>
        {
            var bans = services.GetRequiredService<BanList>();
            var old = Assert.Single(await bans.ListAsync("CHEATS", 0, 9));
            Assert.Equal(("anna", "admin"), (old.Name, old.AddedBy));
            await bans.RemoveAsync([old.Id]);
            await bans.AddAsync(old with { EndsAt = TimeProvider.System.GetUtcNow().AddSeconds(20) }, null);
        });
        await later.AnnounceRefusedAsync(Announcer.Path(Fixture.Hash, 1004, at: anna));
        await Eventually.HoldsAsync(async () => (await later.GetStringAsync(Announcer.Path(Fixture.Hash, 1004, at: anna))).Contains("8:interval", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Address", "", "Enter an address or a network")]
    [InlineData("Address", "localhost", "Enter an address or a network")]
    [InlineData("Address", "10.0.0.0/33", "Enter an address or a network")]
    [InlineData("Address", "0.0.0.0/0", "This network is everybody")]
    [InlineData("Address", "::/0", "This network is everybody")]
    [InlineData("Client", "", "Enter the beginning of a peer id")]
    [InlineData("Client", "-this-is-more-than-twenty", "Enter the beginning of a peer id")]
    [InlineData("User", "nobody", "There is no user of this name.")]
    [InlineData("User", "admin", "The super user cannot be banned.")]
    [InlineData("7", "x", "is invalid")]
    public async Task Should_refuse_a_ban_that_makes_no_sense(string kind, string value, string message)
    {
        using var admin = await Site.SignInAsync(TestSite.AdminName);

        using var refused = await (await PageForm.ReadAsync(admin, $"{Page}/Add")).Set("Kind", kind).Set("Value", value).SendAsync();

        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        Assert.Contains(message, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_refuse_a_ban_that_ends_before_it_begins()
    {
        using var admin = await Site.SignInAsync(TestSite.AdminName);

        using var refused = await (await PageForm.ReadAsync(admin, $"{Page}/Add")).Set("Value", "192.0.2.1").Set("EndsAt", "2001-01-01T00:00").SendAsync();

        Assert.Contains("The end of the ban lies in the past.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task BanAsync(BanKind kind, string value)
    {
        using var admin = await Site.SignInAsync(TestSite.AdminName);
        using var done = await (await PageForm.ReadAsync(admin, $"{Page}/Add")).Set("Kind", kind.ToString()).Set("Value", value).SendAsync();
        Assert.True(done.StatusCode == HttpStatusCode.Redirect, await done.Content.ReadAsStringAsync());
    }

    private async Task LiftAllAsync()
    {
        var ids = await Site.InTenantAsync(async services => (await services.GetRequiredService<BanList>().ListAsync(null, 0, 100)).Select(ban => ban.Id).ToList());
        using var admin = await Site.SignInAsync(TestSite.AdminName);
        var form = await PageForm.ReadAsync(admin, Page, "form[action*=Remove]");
        ids.ForEach(id => form.Add("ids", $"{id}"));
        using var done = await form.SendAsync();
        Assert.Contains("lifted", await admin.GetStringAsync(Page), StringComparison.Ordinal);
    }

    private HttpClient ClientAt(string address)
    {
        var client = Site.CreateClient();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return client;
    }

    public sealed class Fixture : SiteFixture
    {
        public static string Hash { get; } = Announcer.NewHash();

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Site.SetTrackerAsync(("TrustedProxies", "127.0.0.1"));
        }
    }
}
