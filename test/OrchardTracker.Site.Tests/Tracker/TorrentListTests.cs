using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>Torrents that are registered or blocked by hand.</summary>
public sealed class TorrentListTests(TorrentListTests.Fixture fixture) : IClassFixture<TorrentListTests.Fixture>
{
    private const string NotRegistered = "this torrent is not registered with this tracker";
    private const string Blocked = "this torrent has been taken down";
    private const string Page = "Admin/Tracker/Torrents";

    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_take_torrents_by_hash_magnet_file_and_whitelist()
    {
        var (byHash, byMagnet, listed, second) = (Announcer.NewHash(), Announcer.NewHash(), Announcer.NewHash(), Announcer.NewHash());
        var torrent = "d8:announce5:a:b:c4:infod6:lengthi5e4:name6:e.file12:piece lengthi16384e6:pieces20:12345678901234567890ee"u8.ToArray();
        var metainfo = Metainfo.Parse(torrent);
        using var client = Site.CreateClient();
        Assert.Equal(NotRegistered, await RefusedAsync(client, byHash));

        var page = await AddAsync(
            $"{Hex(byHash).ToUpperInvariant()}  My torrent\n# a comment\n\nmagnet:?xt=urn:btih:{Hex(byMagnet)}&dn=By+magnet\nnonsense",
            ("e.torrent", torrent),
            ("whitelist.txt", Encoding.ASCII.GetBytes($"{Hex(listed)}\r\n{Hex(second)}\r\n")));

        Assert.Contains("5 torrents were registered.", page, StringComparison.Ordinal);
        Assert.Contains("1 lines or files could not be read, the first: Line 5", page, StringComparison.Ordinal);

        // By their names: what another test has brought within the same second may stand before them.
        using var admin = await Site.SignInAsync(TestSite.AdminName);
        foreach (var (name, hash) in new[] { ("My torrent", Hex(byHash)), ("By magnet", Hex(byMagnet)), ("e.file", metainfo.InfoHashV1!.Value.ToString()) })
        {
            Assert.Contains(hash, await admin.GetStringAsync($"{Page}?Search={name}"), StringComparison.OrdinalIgnoreCase);
        }

        foreach (var hash in (string[])[byHash, byMagnet, listed, second, Escape(metainfo.InfoHashV1!.Value)])
        {
            await client.AnnounceAsync(hash, 1001);
        }
    }

    [Fact]
    public async Task Should_import_a_long_whitelist_once()
    {
        var list = new StringBuilder("# opentracker whitelist\n");
        var hashes = Enumerable.Range(0, 5_000).Select(_ => Announcer.NewHash()).ToList();
        hashes.ForEach(hash => list.Append(Hex(hash)).Append('\n'));
        var bytes = Encoding.ASCII.GetBytes(list.ToString());

        Assert.Contains("5000 torrents were registered.", await AddAsync("", ("whitelist", bytes)), StringComparison.Ordinal);
        Assert.Contains("5000 were registered already.", await AddAsync("", ("whitelist", bytes)), StringComparison.Ordinal);

        using var client = Site.CreateClient();
        await client.AnnounceAsync(hashes[0], 1001);
        await client.AnnounceAsync(hashes[^1], 1001);
    }

    [Fact]
    public async Task Should_refuse_again_what_is_removed_and_find_what_is_searched()
    {
        var (kept, removed) = (Announcer.NewHash(), Announcer.NewHash());
        await AddAsync($"{Hex(kept)} Something to find\n{Hex(removed)} Something to remove");
        using var admin = await Site.SignInAsync(TestSite.AdminName);
        using var client = Site.CreateClient();
        await client.AnnounceAsync(removed, 1001);

        using var done = await (await PageForm.ReadAsync(admin, Page, "form[action*=Bulk]"))
            .Set("bulkAction", "remove").Add("hashes", Hex(removed)).SendAsync();

        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Equal(NotRegistered, await RefusedAsync(client, removed));
        await client.AnnounceAsync(kept, 1001);
        var found = await admin.GetStringAsync($"{Page}?Search=TO%20FIND");
        Assert.Contains(Hex(kept), found, StringComparison.Ordinal);
        Assert.DoesNotContain(Hex(removed), found, StringComparison.Ordinal);
        Assert.Contains(Hex(kept), await admin.GetStringAsync($"{Page}?Search={Hex(kept)[5..20]}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_keep_a_blocked_torrent_blocked_whoever_brings_it_again()
    {
        var hash = Announcer.NewHash();
        await Site.ServeAsync(hash);
        using var admin = await Site.SignInAsync(TestSite.AdminName);
        using var client = Site.CreateClient();
        await client.AnnounceAsync(hash, 1001);

        using (var blocked = await (await PageForm.ReadAsync(admin, $"{Page}/Add?blocks=true")).Set("Text", Hex(hash)).Set("Reason", "a claim of 1 May").SendAsync())
        {
            Assert.Contains("Blocked", blocked.Headers.Location?.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(Blocked, await RefusedAsync(client, hash));
        Assert.Contains("a claim of 1 May", await admin.GetStringAsync($"{Page}/Blocked"), StringComparison.Ordinal);
        Assert.Contains("One of them is blocked and stays refused.", await AddAsync(Hex(hash)), StringComparison.Ordinal);
        await Site.InTenantAsync(services =>
        {
            var tracker = services.GetRequiredService<ISiteTracker>();
            Assert.False(tracker.Serve(TrackerSite.HashOf(hash), null));
            tracker.Unblock(TrackerSite.HashOf(hash));
            return Task.CompletedTask;
        });
        Assert.Equal(Blocked, await RefusedAsync(client, hash));

        using (var lifted = await (await PageForm.ReadAsync(admin, $"{Page}/Blocked", "form[action*=Bulk]")).Set("bulkAction", "unblock").Add("hashes", Hex(hash)).SendAsync())
        {
            Assert.Equal(HttpStatusCode.Redirect, lifted.StatusCode);
        }

        await client.AnnounceAsync(hash, 1001);
    }

    [Fact]
    public async Task Should_know_its_lists_after_a_restart_and_when_it_is_switched_off_and_on()
    {
        var (registered, blocked) = (Announcer.NewHash(), Announcer.NewHash());
        var site = await TestSite.StartAsync();
        await site.SetTrackerAsync(("Mode", "Registered"));
        using (var admin = await site.SignInAsync(TestSite.AdminName))
        {
            using var first = await (await PageForm.ReadAsync(admin, $"{Page}/Add")).Set("Text", $"{Hex(registered)}\n{Hex(blocked)}").SendAsync();
            using var second = await (await PageForm.ReadAsync(admin, $"{Page}/Add?blocks=true")).Set("Text", Hex(blocked)).SendAsync();
        }

        var folder = await site.StopAsync();
        await using var again = await TestSite.StartAsync(new SiteOptions { Folder = folder });
        using var client = again.CreateClient();

        await client.AnnounceAsync(registered, 1001);
        Assert.Equal(Blocked, await RefusedAsync(client, blocked));
    }

    [Theory]
    [InlineData("", "There is no torrent in what you have entered.")]
    [InlineData("not a hash", "is neither an info-hash nor a magnet link")]
    [InlineData("magnet:?dn=none", "is neither an info-hash nor a magnet link")]
    [InlineData("<script>alert(1)</script>", "&lt;script&gt;")]
    public async Task Should_say_what_cannot_be_read(string text, string message)
    {
        using var admin = await Site.SignInAsync(TestSite.AdminName);

        using var refused = await (await PageForm.ReadAsync(admin, $"{Page}/Add")).Set("Text", text).SendAsync();

        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        var page = await refused.Content.ReadAsStringAsync();
        Assert.Contains(message, page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("d8:announce")]
    [InlineData("d4:infod6:lengthi-5eee")]
    [InlineData("\0\u0001\u0002\u0003")]
    public async Task Should_take_no_hostile_file(string content)
    {
        Assert.Contains("There is no torrent in what you have entered.", await AddAsync("", ("evil.torrent", Encoding.Latin1.GetBytes(content))), StringComparison.Ordinal);
    }

    private static Task<string> RefusedAsync(HttpClient client, string hash) => client.AnnounceRefusedAsync(Announcer.Path(hash, 1001));

    private static string Hex(string escaped) => escaped.Replace("%", "", StringComparison.Ordinal);

    private static string Escape(InfoHash hash) => string.Concat(hash.ToArray().Select(value => $"%{value:x2}"));

    /// <summary>Sends the form with files and gives the page that comes after it.</summary>
    private async Task<string> AddAsync(string text, params (string Name, byte[] Bytes)[] files)
    {
        using var admin = await Site.SignInAsync(TestSite.AdminName);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await admin.GetAntiforgeryTokenAsync($"{Page}/Add")), "__RequestVerificationToken" },
            { new StringContent(text), "Text" },
            { new StringContent("false"), "Blocks" },
        };
        foreach (var (name, bytes) in files)
        {
            var part = new ByteArrayContent(bytes);
            part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            form.Add(part, "Files", name);
        }

        using var response = await admin.PostAsync($"{Page}/Add", form);
        return response.StatusCode == HttpStatusCode.Redirect ? await admin.GetStringAsync(response.Headers.Location) : await response.Content.ReadAsStringAsync();
    }

    public sealed class Fixture : SiteFixture
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Site.SetTrackerAsync(("Mode", "Registered"));
        }
    }
}
