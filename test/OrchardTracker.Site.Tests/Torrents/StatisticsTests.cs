using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Tracker;
using OrchardTracker.Torrents.Counting;
using OrchardTracker.Torrents.Statistics;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>The page about the site.</summary>
public sealed class StatisticsTests
{
    [Fact]
    public async Task Should_show_totals_course_top_torrents_and_clients()
    {
        var clock = new SiteClock();
        await using var site = await TestSite.StartAsync(new SiteOptions { ConfigureOrchard = clock.AddTo });
        await site.EmptyAsync();
        const long GiB = 1L << 30;
        var torrent = SampleTorrent.Invent("large", ("", 3 * GiB));
        await site.PublishAsync(torrent, new CatalogDetails { Title = "The largest of all" });
        using var client = site.CreateClient();
        await client.AnnounceAsync(torrent.TrackerHashes[0].Announced(), 1001, left: 0, peerId: "-TR4060-");
        await client.AnnounceAsync(torrent.TrackerHashes[0].Announced(), 1002, peerId: "-qB5000-");
        await client.AnnounceAsync(torrent.TrackerHashes[0].Announced(), 1002, left: 0, extra: "&event=completed", peerId: "-qB5000-");
        await site.RunBackgroundTaskAsync("CountingBackgroundTask");
        await site.InTenantAsync(async services =>
        {
            var reader = services.GetRequiredService<TotalsReader>();
            var yesterday = DaySampler.DayOf(clock.UtcNow) - 1;
            await reader.WriteAsync(yesterday, new SiteTotals(1, long.MaxValue, 5, 5, long.MaxValue, 7, long.MaxValue));
        });

        var page = WebUtility.HtmlDecode(await client.GetStringAsync("torrents/statistics"));

        Assert.Contains("<dt>Size</dt><dd>3 GiB</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>Downloaded in all</dt><dd>3 GiB</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<polyline", page, StringComparison.Ordinal);
        Assert.Contains("The largest of all", page, StringComparison.Ordinal);
        Assert.Contains("<bdi>Transmission</bdi>", page, StringComparison.Ordinal);
        Assert.Contains("<bdi>qBittorrent</bdi>", page, StringComparison.Ordinal);
        await site.RunBackgroundTaskAsync("SamplingBackgroundTask");
        Assert.Equal(2, (await site.InTenantAsync(services => services.GetRequiredService<TotalsReader>().ListDaysAsync(0))).Count);
    }

    [Fact]
    public async Task Should_show_nothing_to_whom_it_is_not_meant_for()
    {
        await using var site = await TestSite.StartAsync();
        await site.RevokeAsync("Anonymous", "ViewTorrentStatistics");
        using var client = site.CreateClient();

        using var page = await client.GetAsync("torrents/statistics");
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.DoesNotContain("torrents/statistics", await client.GetStringAsync("torrents"), StringComparison.Ordinal);
        using var api = await client.GetAsync("api/torrents/statistics");
        Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);
    }
}
