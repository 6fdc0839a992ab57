using Microsoft.Playwright;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Tracker;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>Two members of a private site, each in a browser of his own, take the same torrent.</summary>
public sealed class MembersTests
{
    private const string First = "member-one";
    private const string Second = "member-two";

    [Fact]
    public async Task Should_give_each_member_a_passkey_and_a_feed_of_his_own_and_the_same_torrent()
    {
        await using var site = await TestSite.StartAsync();
        await site.EmptyAsync();
        await site.AddUserAsync(First);
        await site.AddUserAsync(Second);
        await site.SetTrackerAsync(("Mode", "Private"));
        var torrent = await site.PublishTorrentAsync("For two members");

        var (first, firstFeed) = await TakeAsync(site, First);
        var (second, secondFeed) = await TakeAsync(site, Second);

        Assert.Equal(torrent.InfoBytes.ToArray(), first.InfoBytes.ToArray());
        Assert.Equal(torrent.InfoBytes.ToArray(), second.InfoBytes.ToArray());
        Assert.Equal(first.TrackerHashes, second.TrackerHashes);
        Assert.NotEqual(AnnounceOf(first), AnnounceOf(second));
        Assert.Equal(site.Url + await site.AnnouncePathOfAsync(First), AnnounceOf(first));
        Assert.Equal(site.Url + await site.AnnouncePathOfAsync(Second), AnnounceOf(second));
        using var client = site.CreateClient();
        var hash = torrent.TrackerHashes[0].Announced();
        Assert.Equal((1, 0), await client.AnnounceAsync(hash, 1001, left: 0, at: AnnounceOf(first)));
        Assert.Equal((1, 1), await client.AnnounceAsync(hash, 1002, at: AnnounceOf(second)));
        await client.AnnounceRefusedAsync(Announcer.Path(hash, 1003));

        Assert.NotEqual(firstFeed, secondFeed);
        Assert.Equal(AnnounceOf(first), AnnounceOf(await FetchAsync(client, firstFeed)));
        Assert.Equal(AnnounceOf(second), AnnounceOf(await FetchAsync(client, secondFeed)));
    }

    private static string AnnounceOf(Metainfo torrent) => Assert.Single(torrent.AnnounceTiers.SelectMany(tier => tier));

    /// <summary>Finds the torrent in the list and downloads it, by clicks.</summary>
    private static async Task<(Metainfo Torrent, string FeedUrl)> TakeAsync(TestSite site, string member)
    {
        var page = await site.OpenAsAsync(member);
        await page.GotoAsync("torrents");
        var feed = await page.GetByRole(AriaRole.Link, new() { Name = "RSS feed" }).GetAttributeAsync("href");
        await page.LeaveByAsync("text=For two members");
        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("text=Download .torrent"));
        Assert.Equal("For two members.torrent", download.SuggestedFilename);
        await using var content = await download.CreateReadStreamAsync();
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes);
        return (Metainfo.Parse(bytes.ToArray()), new Uri(site.Url, feed).ToString());
    }

    /// <summary>Gets the torrent of the only entry, as a program does that knows nothing but the address of the feed.</summary>
    private static async Task<Metainfo> FetchAsync(HttpClient client, string feedUrl)
    {
        var feed = await FeedReader.ReadAsync(await client.GetByteArrayAsync(feedUrl));
        var entry = Assert.Single(feed["entries"]!.AsArray())!;
        return Metainfo.Parse(await client.GetByteArrayAsync(entry["enclosures"]![0]!["href"]!.GetValue<string>()));
    }
}
