using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Tracker;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>A torrent's own page.</summary>
public sealed class DetailsTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_fold_folders_and_hide_padding()
    {
        var torrent = await SampleTorrent.CreateAsync(
            "Tree", new TorrentOptions { Version = MetainfoVersion.Hybrid }, "one/first.txt", "one/deep/second.txt", "two/third.txt", "fourth.txt");
        Assert.Contains(torrent.Files, file => file.IsPadding);
        await Site.PublishAsync(torrent, new CatalogDetails { Title = "Tree of files" });
        var page = await Site.OpenAsync();

        await page.GotoAsync("torrent/tree-of-files");

        var tree = page.Locator(".ot-tree");
        Assert.DoesNotContain(".pad", await tree.InnerTextAsync(), StringComparison.Ordinal);
        await Assertions.Expect(tree.GetByText("4 files")).ToBeVisibleAsync();
        await Assertions.Expect(tree.GetByText("second.txt")).ToBeHiddenAsync();
        await tree.GetByText("one", new() { Exact = true }).ClickAsync();
        await tree.GetByText("deep", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(tree.GetByText("second.txt")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Should_show_both_hashes_and_a_magnet_link_that_names_them()
    {
        var torrent = await SampleTorrent.CreateAsync("Both hashes", new TorrentOptions { Version = MetainfoVersion.Hybrid });
        await Site.PublishAsync(torrent, new CatalogDetails());
        var page = await Site.OpenAsync();

        await page.GotoAsync("torrent/both-hashes");

        await Assertions.Expect(page.Locator(".ot-facts")).ToContainTextAsync(torrent.InfoHashV1.ToString()!);
        await Assertions.Expect(page.Locator(".ot-facts")).ToContainTextAsync(torrent.InfoHashV2.ToString()!);
        var magnet = MagnetLink.Parse((await page.Locator("a[href^='magnet:']").GetAttributeAsync("href"))!);
        Assert.Equal((torrent.InfoHashV1, torrent.InfoHashV2, torrent.TotalLength), (magnet.InfoHashV1, magnet.InfoHashV2, magnet.Length));
        Assert.Equal([$"{Site.Url}announce"], magnet.Trackers);
    }

    [Fact]
    public async Task Should_copy_the_magnet_link_and_show_it_as_a_qr_code()
    {
        await Site.PublishTorrentAsync("Copied");
        var page = await Site.OpenAsync();
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"], new() { Origin = Site.Url.GetLeftPart(UriPartial.Authority) });
        await page.GotoAsync("torrent/copied");

        var copied = Assertions.Expect(page.Locator("[data-ot-copy]")).ToHaveTextAsync("Copied");
        await page.ClickAsync("text=Copy magnet link");
        await copied;
        await page.ClickAsync("text=QR code");
        await page.WaitForFunctionAsync("document.querySelector('.ot-qr img').naturalWidth > 0");

        Assert.StartsWith("magnet:?xt=urn:btih:", await page.EvaluateAsync<string>("navigator.clipboard.readText()"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_list_a_hundred_thousand_files_page_by_page()
    {
        var torrent = SampleTorrent.Invent("Many", [.. Enumerable.Range(1, 100_000).Select(number => ($"folder-{number % 100}/file-{number}.txt", (long)number))]);
        await Site.PublishAsync(torrent, new CatalogDetails { Title = "A hundred thousand files" });
        using var client = Site.CreateClient();

        var details = await client.GetStringAsync("torrent/a-hundred-thousand-files");
        var last = await client.GetStringAsync($"torrents/{torrent.TrackerHashes[0]}/files?p=100");

        Assert.True(details.Length < 1_000_000, $"The page has {details.Length} characters.");
        Assert.Contains("The first 500 of 100,000 files.", details, StringComparison.Ordinal);
        Assert.Contains("Files 99,001 to 100,000 of 100,000", last, StringComparison.Ordinal);
        Assert.Contains("folder-0/file-100000.txt", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_show_peers_only_to_who_may_see_their_addresses()
    {
        var torrent = await Site.PublishTorrentAsync("Peers");
        using var client = Site.CreateClient();
        await client.AnnounceAsync(torrent.TrackerHashes[0].Announced(), 4321, left: 0);

        Assert.DoesNotContain("4321", await client.GetStringAsync("torrent/peers"), StringComparison.Ordinal);
        using var admin = await Site.SignInAsync(TestSite.AdminName);
        Assert.Contains("127.0.0.1:4321", await admin.GetStringAsync("torrent/peers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_show_no_passkey_of_a_tracker_that_came_with_the_torrent()
    {
        const string Passkey = "0123456789abcdef0123456789abcdef";
        var torrent = await SampleTorrent.CreateAsync("Foreign passkey");
        await Site.PublishAsync(torrent, new CatalogDetails());
        await Site.InTenantAsync(async services =>
        {
            var items = services.GetRequiredService<OrchardTracker.Torrents.Services.TorrentItems>();
            await items.ChangeAsync(await items.FindVersionsAsync(torrent.TrackerHashes[0]), part => part.Trackers = [[$"https://tracker.example.org/{Passkey}/announce"]]);
        });
        var page = await Site.OpenAsync();
        await page.GotoAsync("torrent/foreign-passkey");

        await Assertions.Expect(page.Locator(".ot-facts")).ToContainTextAsync("https://tracker.example.org/…/announce");
    }

    [Theory]
    [InlineData("https://seed.example.org/files/", "The web seed has been added.")]
    [InlineData("http://127.0.0.1/files/", "private network")]
    [InlineData("http://[::1]/", "private network")]
    [InlineData("http://192.168.1.10/x", "private network")]
    [InlineData("http://2130706433/x", "private network")]
    [InlineData("http://0x7f.1/x", "private network")]
    [InlineData("http://[::ffff:10.0.0.1]/x", "private network")]
    [InlineData("http://intranet/x", "private network")]
    [InlineData("http://printer.local/x", "private network")]
    [InlineData("javascript:alert(1)", "not the address of a web server")]
    [InlineData("file:///etc/passwd", "not the address of a web server")]
    [InlineData("", "not the address of a web server")]
    public async Task Should_add_a_web_seed_that_everybody_can_reach(string url, string message)
    {
        var torrent = await Site.PublishTorrentAsync($"Web seed {Guid.NewGuid():N}");
        var hash = torrent.TrackerHashes[0];
        using var admin = await Site.SignInAsync(TestSite.AdminName);

        using var posted = await admin.PostFormAsync("", new() { ["url"] = url }, $"torrents/{hash}/webseeds");

        Assert.Equal(HttpStatusCode.Redirect, posted.StatusCode);
        Assert.Contains(message, await admin.GetStringAsync(posted.Headers.Location!.ToString().TrimStart('/')), StringComparison.Ordinal);
        var served = Metainfo.Parse(await admin.GetByteArrayAsync($"torrents/{hash}.torrent"));
        Assert.Equal(message.Contains("added", StringComparison.Ordinal) ? [url] : [], served.WebSeeds);
        Assert.Equal(hash, served.TrackerHashes[0]);
    }

    [Fact]
    public async Task Should_refuse_a_web_seed_without_the_token_of_the_form()
    {
        var torrent = await Site.PublishTorrentAsync("Forged");
        using var admin = await Site.SignInAsync(TestSite.AdminName);

        using var forged = await admin.PostAsync($"torrents/{torrent.TrackerHashes[0]}/webseeds", new FormUrlEncodedContent([new("url", "https://evil.example/")]));

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
    }

    [Fact]
    public async Task Should_tell_other_sites_what_it_is()
    {
        var torrent = await Site.PublishTorrentAsync("Shared elsewhere </script><b>");
        var page = await Site.OpenAsync();
        await page.GotoAsync("torrents?q=elsewhere");
        await page.LeaveByAsync("tbody .ot-title a");

        Assert.Equal("Shared elsewhere </script><b>", await page.Locator("meta[property='og:title']").GetAttributeAsync("content"));
        using var data = System.Text.Json.JsonDocument.Parse(await page.Locator("script[type='application/ld+json']").TextContentAsync() ?? "");
        Assert.Equal($"urn:btih:{torrent.TrackerHashes[0]}", data.RootElement.GetProperty("identifier").GetString());
        Assert.Equal($"{Site.Url}torrents/{torrent.TrackerHashes[0]}.torrent", data.RootElement.GetProperty("distribution").GetProperty("contentUrl").GetString());
    }
}
