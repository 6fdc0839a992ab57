using System.Net;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Security;
using OrchardCore.Users;
using OrchardCore.Users.Models;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Tracker.Users;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>A private tracker: who announces with which key, and what the others are told.</summary>
public sealed class PasskeyTests(PasskeyTests.Fixture fixture) : IClassFixture<PasskeyTests.Fixture>
{
    private const string Unknown = "this passkey is not valid: download the torrent again while you are logged in";
    private const string Revoked = "this passkey has been replaced by a newer one: download the torrent again while you are logged in";
    private const string NotPermitted = "your account is not permitted to announce here";

    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_let_each_user_announce_and_scrape_with_his_own_address()
    {
        await Site.AddUserAsync("anna");
        await Site.AddUserAsync("bert");
        var (anna, bert) = (await Site.AnnouncePathOfAsync("anna"), await Site.AnnouncePathOfAsync("bert"));
        var hash = Announcer.NewHash();
        await Site.ServeAsync(hash);
        using var client = Site.CreateClient();

        Assert.NotEqual(anna, bert);
        Assert.Equal((1, 0), await client.AnnounceAsync(hash, 1001, left: 0, at: anna));
        Assert.Equal((1, 1), await client.AnnounceAsync(hash, 1002, at: bert));

        // As clients derive it: the last "announce" becomes "scrape" (BEP 48).
        var scrape = anna[..anna.LastIndexOf("announce", StringComparison.Ordinal)] + "scrape";
        Assert.Contains("8:completei1e", await client.GetStringAsync($"{scrape}?info_hash={hash}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_take_the_passkey_before_the_path_after_it_and_in_the_query()
    {
        await Site.AddUserAsync("carl");
        var passkey = (await Site.AnnouncePathOfAsync("carl")).Split('/')[0];
        using var client = Site.CreateClient();

        await client.AnnounceAsync(Fixture.Hash, 1003, at: $"announce/{passkey}");
        await client.AnnounceAsync(Fixture.Hash, 1003, at: "announce", extra: $"&passkey={passkey}");
        await client.AnnounceAsync(Fixture.Hash, 1003, at: $"{passkey.ToUpperInvariant()}/announce");
    }

    [Fact]
    public async Task Should_say_what_is_wrong_with_a_key()
    {
        using var client = Site.CreateClient();

        Assert.Equal("this tracker needs a passkey: download the torrent again while you are logged in", await RefusedAsync(client, "announce"));
        Assert.Equal(Unknown, await RefusedAsync(client, "0123456789abcdef0123456789abcdef/announce"));
        Assert.Equal(Unknown, await RefusedAsync(client, "announce/short"));
        Assert.Equal(Unknown, await RefusedAsync(client, $"announce/{new string('a', 4000)}"));
    }

    [Fact]
    public async Task Should_answer_a_passkey_of_ten_kilobytes_in_some_way_and_go_on()
    {
        using var client = Site.CreateClient();
        var key = new string('a', 10_000);

        Assert.Equal(Unknown, await RefusedAsync(client, $"announce/{key}"));
        Assert.Equal("the request is too long", await RefusedAsync(client, "announce", $"&passkey={key}"));

        // In this place nothing tells it from any other path of the site; and Kestrel takes no request line of 50 KB.
        using var elsewhere = await client.GetAsync($"{key}/announce?info_hash={Fixture.Hash}");
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        using var tooLong = await client.GetAsync($"announce/{key}{key}{key}{key}{key}");
        Assert.Equal(HttpStatusCode.RequestUriTooLong, tooLong.StatusCode);
    }

    [Fact]
    public async Task Should_refuse_a_replaced_key_at_once_and_say_that_it_was_replaced()
    {
        await Site.AddUserAsync("dora");
        using var dora = await Site.SignInAsync("dora");
        using var client = Site.CreateClient();
        List<string> old = [];
        for (var round = 0; round < 5; round++)
        {
            old.Add(TrackerSite.AnnouncePathOn(Site, await dora.GetStringAsync("tracker/account")));
            await client.AnnounceAsync(Fixture.Hash, 1004, at: old[^1]);
            using var rotated = await (await PageForm.ReadAsync(dora, "tracker/account", "form[action*=rotate]")).SendAsync();
            Assert.Equal(HttpStatusCode.Redirect, rotated.StatusCode);
            Assert.Equal(Revoked, await RefusedAsync(client, old[^1]));
        }

        // The last three are remembered, older ones are as unknown as any.
        Assert.Equal([Unknown, Unknown, Revoked, Revoked, Revoked], await Task.WhenAll(old.Select(path => RefusedAsync(client, path))));
        await client.AnnounceAsync(Fixture.Hash, 1004, at: TrackerSite.AnnouncePathOn(Site, await dora.GetStringAsync("tracker/account")));
    }

    [Fact]
    public async Task Should_refuse_a_disabled_user_and_take_his_peers_out_of_the_swarms()
    {
        var id = await Site.AddUserAsync("emil");
        var emil = await Site.AnnouncePathOfAsync("emil");
        var hash = Announcer.NewHash();
        await Site.ServeAsync(hash);
        using var client = Site.CreateClient();
        await client.AnnounceAsync(hash, 1005, at: emil);

        await UpdateUserAsync(id, user => user.IsEnabled = false);
        Assert.Equal(NotPermitted, await RefusedAsync(client, emil));
        Assert.Equal((0, 1), await client.AnnounceAsync(hash, 1006, at: await Site.AnnouncePathOfAsync(TestSite.AdminName)));

        await UpdateUserAsync(id, user => user.IsEnabled = true);
        await client.AnnounceAsync(hash, 1005, at: emil);
    }

    [Fact]
    public async Task Should_know_a_deleted_user_no_more_even_if_one_of_his_id_comes_back()
    {
        var id = await Site.AddUserAsync("fred");
        var fred = await Site.AnnouncePathOfAsync("fred");
        using var client = Site.CreateClient();
        await client.AnnounceAsync(Fixture.Hash, 1007, at: fred);

        await Site.InTenantAsync(async services =>
        {
            var users = services.GetRequiredService<UserManager<IUser>>();
            Assert.True((await users.DeleteAsync((await users.FindByIdAsync(id))!)).Succeeded);
        });
        Assert.Equal(Unknown, await RefusedAsync(client, fred));

        await Site.InTenantAsync(async services =>
        {
            await services.GetRequiredService<YesSql.ISession>().SaveAsync(new User { UserId = id, UserName = "fred", NormalizedUserName = "FRED", IsEnabled = true });
            await services.GetRequiredService<UserDirectory>().RefreshAsync(new User { UserId = id, IsEnabled = true });
        });

        Assert.Equal(Unknown, await RefusedAsync(client, fred));
    }

    [Fact]
    public async Task Should_refuse_whoever_loses_the_role_that_may_announce()
    {
        await using var site = await TestSite.StartAsync();
        await site.SetTrackerAsync(("Mode", "Private"));
        await site.ServeAsync(Fixture.Hash);
        await site.InTenantAsync(async services =>
        {
            var roles = services.GetRequiredService<RoleManager<IRole>>();
            await roles.CreateAsync(new Role { RoleName = "Member", RoleClaims = [RoleClaim.Create("AnnounceToTracker")] });
            var authenticated = (Role)(await roles.FindByNameAsync("Authenticated"))!;
            authenticated.RoleClaims.RemoveAll(claim => claim.ClaimValue == "AnnounceToTracker");
            await roles.UpdateAsync(authenticated);
        });
        var id = await site.AddUserAsync("gina", "Member");
        await site.AddUserAsync("hans");
        var gina = await site.AnnouncePathOfAsync("gina");
        using var client = site.CreateClient();
        await client.AnnounceAsync(Fixture.Hash, 1008, at: gina);

        // Without the permission there is no page either.
        using var hans = await site.SignInAsync("hans");
        using var page = await hans.GetAsync("tracker/account");
        Assert.Contains("/Error/403", page.Headers.Location?.ToString(), StringComparison.Ordinal);

        await site.InTenantAsync(async services =>
        {
            var users = services.GetRequiredService<UserManager<IUser>>();
            await users.RemoveFromRoleAsync((await users.FindByIdAsync(id))!, "Member");
        });
        Assert.Equal(NotPermitted, await RefusedAsync(client, gina));
        await site.InTenantAsync(async services =>
        {
            var users = services.GetRequiredService<UserManager<IUser>>();
            await users.AddToRoleAsync((await users.FindByIdAsync(id))!, "Member");
        });
        await client.AnnounceAsync(Fixture.Hash, 1008, at: gina);

        // The role loses the permission: noticed within seconds.
        await site.InTenantAsync(async services =>
        {
            var roles = services.GetRequiredService<RoleManager<IRole>>();
            var member = (Role)(await roles.FindByNameAsync("Member"))!;
            member.RoleClaims.Clear();
            await roles.UpdateAsync(member);
        });
        await Eventually.HoldsAsync(async () => (await client.GetStringAsync(Announcer.Path(Fixture.Hash, 1008, at: gina))).Contains(NotPermitted, StringComparison.Ordinal));

        // The super user may whatever his roles say.
        await client.AnnounceAsync(Fixture.Hash, 1009, at: await site.AnnouncePathOfAsync(TestSite.AdminName));
    }

    [Fact]
    public async Task Should_not_take_the_key_of_another_site()
    {
        await Site.AddUserAsync("ida");
        var ida = await Site.AnnouncePathOfAsync("ida");
        await using var other = await TestSite.StartAsync();
        await other.SetTrackerAsync(("Mode", "Private"));
        using var client = other.CreateClient();

        Assert.Equal(Unknown, await RefusedAsync(client, ida));
    }

    [Fact]
    public async Task Should_not_take_the_key_of_another_tenant_of_the_same_site_even_for_a_user_of_the_same_name()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddTenantAsync("Neighbour", "neighbour");
        await site.SetTrackerAsync(("Mode", "Private"));
        using var admin = await site.SignInAsync(TestSite.AdminName, "neighbour");
        using var saved = await (await PageForm.ReadAsync(admin, "Admin/Settings/tracker")).Set("Mode", "Private").SendAsync();
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        using var served = await (await PageForm.ReadAsync(admin, "Admin/Tracker/Torrents/Add")).Set("Text", TrackerSite.HashOf(Fixture.Hash).ToString()).SendAsync();
        await site.ServeAsync(Fixture.Hash);
        using var first = site.CreateClient();
        using var second = site.CreateClient("neighbour");
        var atFirst = await site.AnnouncePathOfAsync(TestSite.AdminName);
        var atSecond = TrackerSite.AnnouncePathOn(site, await admin.GetStringAsync("tracker/account"))["neighbour/".Length..];

        Assert.Equal((0, 1), await first.AnnounceAsync(Fixture.Hash, 1010, at: atFirst));
        Assert.Equal((0, 1), await second.AnnounceAsync(Fixture.Hash, 1010, at: atSecond));
        Assert.Equal(Unknown, await RefusedAsync(first, atSecond));
        Assert.Equal(Unknown, await RefusedAsync(second, atFirst));
    }

    [Fact]
    public async Task Should_keep_keys_over_a_restart_change_them_when_the_key_ring_is_lost_and_bring_them_back_with_it()
    {
        var site = await TestSite.StartAsync();
        await site.SetTrackerAsync(("Mode", "Private"));
        await site.AddUserAsync("jane");
        var jane = await site.AnnouncePathOfAsync("jane");
        var folder = await site.StopAsync();

        site = await TestSite.StartAsync(new SiteOptions { Folder = folder });
        Assert.Equal(jane, await site.AnnouncePathOfAsync("jane"));
        await site.StopAsync();

        var keys = Path.Combine(folder, "App_Data", "Sites", "Default", "DataProtection-Keys");
        Directory.Move(keys, keys + "-lost");
        site = await TestSite.StartAsync(new SiteOptions { Folder = folder });
        Assert.NotEqual(jane, await site.AnnouncePathOfAsync("jane"));
        Assert.Contains(site.Log.Lines, line => line.Contains("The secret of the tracker's passkeys cannot be read", StringComparison.Ordinal));
        await site.StopAsync();

        foreach (var file in Directory.GetFiles(keys + "-lost"))
        {
            File.Copy(file, Path.Combine(keys, Path.GetFileName(file)));
        }

        await using var last = await TestSite.StartAsync(new SiteOptions { Folder = folder });
        Assert.Equal(jane, await last.AnnouncePathOfAsync("jane"));
    }

    [Fact]
    public async Task Should_keep_no_passkey_in_the_database()
    {
        await using var site = await TestSite.StartAsync();
        await site.SetTrackerAsync(("Mode", "Private"));
        await site.ServeAsync(Fixture.Hash);
        await site.AddUserAsync("kate");
        var kate = await site.AnnouncePathOfAsync("kate");
        using var client = site.CreateClient();
        await client.AnnounceAsync(Fixture.Hash, 1010, at: kate);
        var passkey = kate.Split('/')[0];

        foreach (var file in Directory.EnumerateFiles(Path.Combine(site.Folder, "App_Data"), "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes);
            Assert.True(bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(passkey)) < 0, file);
            Assert.True(bytes.AsSpan().IndexOf(Convert.FromHexString(passkey)) < 0, file);
        }
    }

    [Fact]
    public async Task Should_show_its_page_to_who_has_signed_in_only_and_let_nobody_keep_it()
    {
        using var client = Site.CreateClient();
        using var anonymous = await client.GetAsync("tracker/account");
        Assert.Contains("/Login", anonymous.Headers.Location?.ToString(), StringComparison.Ordinal);

        await Site.AddUserAsync("lena");
        using var lena = await Site.SignInAsync("lena");
        using var page = await lena.GetAsync("tracker/account");
        Assert.True(page.Headers.CacheControl?.NoStore);
    }

    private static Task<string> RefusedAsync(HttpClient client, string at, string extra = "") =>
        client.AnnounceRefusedAsync(Announcer.Path(Fixture.Hash, 1099, at: at, extra: extra));

    private Task UpdateUserAsync(string id, Action<User> change) => Site.InTenantAsync(async services =>
    {
        var users = services.GetRequiredService<UserManager<IUser>>();
        var user = (User)(await users.FindByIdAsync(id))!;
        change(user);
        Assert.True((await users.UpdateAsync(user)).Succeeded);
    });

    public sealed class Fixture : SiteFixture
    {
        public static string Hash { get; } = Announcer.NewHash();

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Site.SetTrackerAsync(("Mode", "Private"));
            await Site.ServeAsync(Hash);
        }
    }
}
