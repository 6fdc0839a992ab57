using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Tracker;
using OrchardTracker.Torrents.Foreign;
using OrchardTracker.Torrents.Moderation;
using OrchardTracker.Torrents.Services;
using OrchardTracker.Torrents.Statistics;
using OrchardTracker.Torrents.Uploading;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>All of our own SQL on PostgreSQL.</summary>
public sealed class PostgreSqlTests
{
    [Fact]
    public async Task Should_keep_list_count_and_forget_torrents()
    {
        await using var server = await PostgreSqlServer.StartAsync();
        await using var site = await TestSite.StartAsync(new SiteOptions { PostgreSql = server.ConnectionString, ConfigureOrchard = new SiteClock().AddTo });
        await site.EmptyAsync();
        using var client = site.CreateClient();
        var torrent = await SampleTorrent.CreateAsync("Kept in PostgreSQL", new TorrentOptions { Version = MetainfoVersion.Hybrid }, "folder/one.txt", "folder/two.txt");
        var hash = torrent.TrackerHashes[0];
        await site.PublishAsync(torrent, new CatalogDetails { Description = "Text" });
        await site.InTenantAsync(async services =>
        {
            var items = services.GetRequiredService<TorrentItems>();
            await items.ChangeAsync(await items.FindVersionsAsync(hash), part => part.Trackers = [["http://127.0.0.1:1/announce"], ["udp://127.0.0.1:1"]]);
        });

        await client.AnnounceAsync(hash.Announced(), 1001, left: 0);
        await client.GetByteArrayAsync($"torrents/{hash}.torrent");
        foreach (var task in new[] { "CountingBackgroundTask", "SamplingBackgroundTask", "SamplingBackgroundTask", "ForeignBackgroundTask" })
        {
            await site.RunBackgroundTaskAsync(task);
        }

        foreach (var path in new[] { "torrents?q=kept+one&alive=1&size=-100M&days=1&sort=seeders", "torrents?sort=name", "torrent/kept-in-postgresql", "torrents/statistics", "torrents/feed.rss", "api/torrents?take=1" })
        {
            var page = await client.GetStringAsync(path);
            Assert.Contains("Kept in PostgreSQL", page, StringComparison.Ordinal);
        }

        using var admin = await site.SignInAsync(TestSite.AdminName);
        Assert.Contains("1 to 1 of 1", await admin.GetStringAsync("Admin/Torrents/Index?q=kept"), StringComparison.Ordinal);
        Assert.Contains("Nothing here!", await admin.GetStringAsync("Admin/Torrents/Index?show=waiting"), StringComparison.Ordinal);
        await site.InTenantAsync(async services =>
        {
            Assert.Equal(2, (await services.GetRequiredService<ForeignTrackers>().ListAsync(0, 10)).Count);
            var totals = services.GetRequiredService<TotalsReader>();
            Assert.Equal((1, 1, 1L), ((await totals.SumAsync()).Torrents, (await totals.SumAsync()).Seeders, (await totals.SumAsync()).Downloads));
            Assert.Single(await totals.ListDaysAsync(0));
            var pending = services.GetRequiredService<PendingUploads>();
            var batch = await pending.AddAsync("somebody", [("x.torrent", torrent.Bytes.ToArray())]);
            Assert.Equal(torrent.Bytes.ToArray(), Assert.Single(await pending.FindAsync("somebody", batch)).Bytes.ToArray());
            await pending.RemoveExpiredAsync();
            await pending.RemoveAsync("somebody", batch);
            var items = services.GetRequiredService<TorrentItems>();
            Assert.True(await services.GetRequiredService<TorrentModerator>().TakeDownAsync((await items.FindVersionsAsync(hash))[0], "A reason", null));
        });
        await client.AnnounceRefusedAsync(Announcer.Path(hash.Announced(), 1001));
        Assert.Contains("A reason", await admin.GetStringAsync("Admin/Torrents/TakenDown"), StringComparison.Ordinal);
        await site.InTenantAsync(services => services.GetRequiredService<Takedowns>().LiftAsync(torrent.TrackerHashes[1]));
        await site.PublishAsync(torrent, new CatalogDetails());
        Assert.Contains("1 torrent", await client.GetStringAsync("torrents?q=kept"), StringComparison.Ordinal);
    }
}
