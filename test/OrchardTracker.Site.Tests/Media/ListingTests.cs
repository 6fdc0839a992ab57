using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.ViewModels;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>Media torrents in what the whole site tells of its torrents: lists, search, feeds, API, sitemap.</summary>
public sealed class ListingTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private static readonly string[] Places = ["torrents", "torrents?q={0}", "torrents/feed.rss", "torrents/feed.rss?q={0}", "torrents/feed.atom", "api/torrents?take=100", "api/torrents?q={0}", "sitemap.xml"];

    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_stand_in_lists_feeds_api_and_sitemap_for_as_long_as_it_is_listed()
    {
        await Site.WriteAsync("pomologist.bin", RandomNumberGenerator.GetBytes(5_000));
        var entry = await Site.WaitForTorrentAsync("pomologist.bin");
        using var visitor = Site.CreateClient();
        var page = await FindPageAsync(visitor, entry);
        await AssertToldAsync(visitor, "pomologist", true);

        await Site.ActAsync("pomologist.bin", MediaTorrentBulkAction.Unlist);
        await AssertToldAsync(visitor, "pomologist", false);
        foreach (var url in (string[])[page, $"torrents/{entry.InfoHash}.torrent", $"media-torrents/{entry.EntryId}.torrent", $"api/torrents/{entry.InfoHash}"])
        {
            using var own = await visitor.GetAsync(url);
            Assert.Equal((url, HttpStatusCode.OK), (url, own.StatusCode));
        }

        await Site.ActAsync("pomologist.bin", MediaTorrentBulkAction.List);
        await AssertToldAsync(visitor, "pomologist", true);
        Assert.Equal(entry.InfoHash, (await Site.WaitForTorrentAsync("pomologist.bin")).InfoHash);
    }

    [Fact]
    public async Task Should_tell_of_a_hidden_original_by_its_torrent_and_give_no_way_to_it()
    {
        await Site.WriteAsync("cellar/quincejelly.bin", RandomNumberGenerator.GetBytes(5_000));
        var entry = await Site.WaitForTorrentAsync("cellar/quincejelly.bin");
        await Site.HideAsync("cellar/quincejelly.bin");
        using var visitor = Site.CreateClient();
        await AssertToldAsync(visitor, "quincejelly", true);
        var page = await FindPageAsync(visitor, entry);

        string[] told = [.. Places, page, $"api/torrents/{entry.InfoHash}", $"api/torrents/{entry.InfoHash}/files"];
        foreach (var place in told)
        {
            var text = await visitor.GetStringAsync(string.Format(null, place, "quincejelly"));
            Assert.DoesNotContain("media/cellar", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("media%2fcellar", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("media-torrents/seed", text, StringComparison.Ordinal);
        }

        var torrent = Metainfo.Parse(await visitor.GetByteArrayAsync($"torrents/{entry.InfoHash}.torrent"));
        Assert.Empty(torrent.WebSeeds);
        Assert.DoesNotContain("cellar", System.Text.Encoding.Latin1.GetString(torrent.Bytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_tell_nothing_of_what_not_everybody_may_have()
    {
        await Site.DefineReleaseAsync();
        await Site.WriteAsync("medlarpaste.bin", RandomNumberGenerator.GetBytes(5_000));
        var open = await Site.WaitForTorrentAsync("medlarpaste.bin");
        using var visitor = Site.CreateClient();
        await AssertToldAsync(visitor, "medlarpaste", true);

        await Site.AddReleaseAsync("Draft", isPublished: false, "medlarpaste.bin");
        var entry = (await Site.WaitForEntryAsync("medlarpaste.bin", entry => entry is { State: MediaEntryState.Ready, IsRestricted: true, IsPrivate: true }))!;

        await AssertToldAsync(visitor, "medlarpaste", false);
        foreach (var hash in (string[])[open.InfoHash!, entry.InfoHash!])
        {
            foreach (var place in Places.Where(place => !place.Contains("q=", StringComparison.Ordinal)))
            {
                Assert.DoesNotContain(hash, await visitor.GetStringAsync(string.Format(null, place, hash)), StringComparison.OrdinalIgnoreCase);
            }

            foreach (var url in (string[])[$"torrents/{hash}.torrent", $"api/torrents/{hash}", $"api/torrents/{hash}/files"])
            {
                using var refused = await visitor.GetAsync(url);
                Assert.Equal((url, HttpStatusCode.NotFound), (url, refused.StatusCode));
            }
        }
    }

    // The sitemap is made by itself, a moment later.
    private static async Task AssertToldAsync(HttpClient visitor, string word, bool isTold)
    {
        foreach (var place in Places)
        {
            var text = "";
            await MediaSteps.EventuallyAsync(
                async () =>
                {
                    text = await visitor.GetStringAsync(string.Format(null, place, word));

                    // Pages and feeds repeat what was searched for.
                    return text.Contains(place.StartsWith("sitemap", StringComparison.Ordinal) ? word : word + ".bin", StringComparison.Ordinal) == isTold;
                },
                () => $"{place} tells {(isTold ? "nothing" : "of it")}:\n{text}");
        }
    }

    private static async Task<string> FindPageAsync(HttpClient visitor, MediaEntry entry) =>
        (await visitor.GetFromJsonAsync<JsonNode>($"api/torrents/{entry.InfoHash}"))!["torrent"]!["pageUrl"]!.GetValue<string>();
}
