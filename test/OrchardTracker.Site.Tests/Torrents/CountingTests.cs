using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Data;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Tracker;
using OrchardTracker.Torrents.Counting;
using OrchardTracker.Torrents.Details;
using OrchardTracker.Torrents.Models;
using OrchardTracker.Torrents.Searching;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>Counts: live in memory, in a plain table after a while, never in the content.</summary>
public sealed class CountingTests
{
    [Fact]
    public async Task Should_write_changed_counts_in_a_batch_and_nothing_on_announces_and_views()
    {
        await using var site = await TestSite.StartAsync();
        await site.EmptyAsync();
        var torrent = await site.PublishTorrentAsync("Counted");
        var hash = torrent.TrackerHashes[0];
        using var client = site.CreateClient();
        await client.AnnounceAsync(hash.Announced(), 1001, left: 0);
        await client.AnnounceAsync(hash.Announced(), 1002);
        await client.GetByteArrayAsync($"torrents/{hash}.torrent");
        await client.GetStringAsync("torrent/counted");
        Assert.Equal((0, 0, 0), await StoredAsync(site));

        await site.RunBackgroundTaskAsync("CountingBackgroundTask");

        Assert.Equal((1, 1, 1), await StoredAsync(site));
        Assert.Equal(0, await site.InTenantAsync(services => services.GetRequiredService<CountWriter>().WriteAsync(CancellationToken.None)));
    }

    [Fact]
    public async Task Should_keep_counts_when_the_item_is_edited()
    {
        await using var site = await TestSite.StartAsync();
        await site.EmptyAsync();
        var torrent = await site.PublishTorrentAsync("Edited");
        var hash = torrent.TrackerHashes[0];
        using var client = site.CreateClient();
        await client.AnnounceAsync(hash.Announced(), 1001, left: 0);
        await site.RunBackgroundTaskAsync("CountingBackgroundTask");

        await site.InTenantAsync(services => services.GetRequiredService<ITorrentCatalog>().UpdateAsync(hash, new CatalogDetails { Title = "Edited again" }));

        Assert.Equal((1, 0, 0), await StoredAsync(site));
        Assert.Equal((2, 0), await client.AnnounceAsync(hash.Announced(), 1002, left: 0));
    }

    [Fact]
    public async Task Should_add_up_completed_downloads_though_the_tracker_forgets()
    {
        await using var site = await TestSite.StartAsync();
        await site.EmptyAsync();
        var torrent = await site.PublishTorrentAsync("Completed");
        var hash = torrent.TrackerHashes[0];
        using var client = site.CreateClient();
        await CompleteAsync(1001);
        await CompleteAsync(1002);
        await site.RunBackgroundTaskAsync("CountingBackgroundTask");
        Assert.Equal(2, (await CountsAsync()).Completed);

        // Refused, the swarm is gone with its counter; served again, it begins anew.
        await site.InTenantAsync(services => services.GetRequiredService<ITorrentCatalog>().UnpublishAsync(hash));
        await site.InTenantAsync(services => services.GetRequiredService<ITorrentCatalog>().PublishAsync(torrent, new CatalogDetails()));
        await CompleteAsync(1003);

        Assert.Equal(3, (await CountsAsync()).Completed);
        await site.RunBackgroundTaskAsync("CountingBackgroundTask");
        await site.RunBackgroundTaskAsync("CountingBackgroundTask");
        Assert.Equal(3, (await CountsAsync()).Completed);

        async Task CompleteAsync(int port)
        {
            await client.AnnounceAsync(hash.Announced(), port, left: 1, extra: "&event=started");
            await client.AnnounceAsync(hash.Announced(), port, left: 0, extra: "&event=completed");
        }

        Task<TorrentCounts> CountsAsync() => site.InTenantAsync(services => Task.FromResult(services.GetRequiredService<TorrentBoard>().Get(hash.ToString())));
    }

    [Fact]
    public async Task Should_know_the_counts_again_after_a_restart_of_the_site()
    {
        var site = await TestSite.StartAsync();
        var torrent = await site.PublishTorrentAsync("Restarted");
        using (var client = site.CreateClient())
        {
            await client.AnnounceAsync(torrent.TrackerHashes[0].Announced(), 1001, left: 1, extra: "&event=started");
            await client.AnnounceAsync(torrent.TrackerHashes[0].Announced(), 1001, left: 0, extra: "&event=completed");
        }

        await site.RunBackgroundTaskAsync("CountingBackgroundTask");
        var folder = await site.StopAsync();
        await using var again = await TestSite.StartAsync(new SiteOptions { Folder = folder });
        await again.RunBackgroundTaskAsync("CountingBackgroundTask");

        var counts = await again.InTenantAsync(services => Task.FromResult(services.GetRequiredService<TorrentBoard>().Get(torrent.TrackerHashes[0].ToString())));
        Assert.Equal((1, 0, 1), (counts.Seeders, counts.Leechers, counts.Completed));
    }

    [Fact]
    public async Task Should_keep_the_highest_counts_of_each_day()
    {
        await using var site = await TestSite.StartAsync(new SiteOptions { ConfigureOrchard = new SiteClock().AddTo });
        await site.EmptyAsync();
        var torrent = await site.PublishTorrentAsync("Sampled");
        var hash = torrent.TrackerHashes[0];
        using var client = site.CreateClient();
        await client.AnnounceAsync(hash.Announced(), 1001, left: 0);
        await client.AnnounceAsync(hash.Announced(), 1002, left: 0);
        await site.RunBackgroundTaskAsync("CountingBackgroundTask");
        await site.RunBackgroundTaskAsync("SamplingBackgroundTask");
        await client.AnnounceAsync(hash.Announced(), 1002, left: 0, extra: "&event=stopped");
        await site.RunBackgroundTaskAsync("CountingBackgroundTask");
        await site.RunBackgroundTaskAsync("SamplingBackgroundTask");

        var course = await site.InTenantAsync(services => services.GetRequiredService<TorrentCourse>().OfTorrentAsync(
            new TorrentPart { InfoHash = hash.ToString(), ListedUtc = services.GetRequiredService<IClock>().UtcNow.AddDays(-2) }, 30));

        Assert.Equal([0, 0, 2], course.Select(day => day.Seeders));
    }

    [Fact]
    public async Task Should_write_later_what_could_not_be_written()
    {
        await using var site = await TestSite.StartAsync();
        await site.EmptyAsync();
        var torrent = await site.PublishTorrentAsync("Written later");
        var hash = torrent.TrackerHashes[0];
        using var client = site.CreateClient();
        await client.AnnounceAsync(hash.Announced(), 1001, left: 0);
        await client.GetByteArrayAsync($"torrents/{hash}.torrent");
        await ExecuteAsync(site, "CREATE TRIGGER full BEFORE UPDATE ON OrchardTracker_TorrentRecord BEGIN SELECT RAISE(ABORT, 'The disk is full.'); END");

        await Assert.ThrowsAnyAsync<DbException>(() => WriteAsync(site));
        await Assert.ThrowsAsync<OperationCanceledException>(() => WriteAsync(site, new CancellationToken(canceled: true)));

        Assert.Equal((0, 0, 0), await StoredAsync(site));
        await ExecuteAsync(site, "DROP TRIGGER full");
        Assert.Equal(1, await WriteAsync(site));
        Assert.Equal((1, 0, 1), await StoredAsync(site));
        Assert.Equal(0, await WriteAsync(site));
    }

    [Fact]
    public async Task Should_write_what_is_left_when_the_shell_ends_and_when_the_server_stops()
    {
        var site = await TestSite.StartAsync();
        await site.EmptyAsync();
        var torrent = await site.PublishTorrentAsync("Flushed");
        using (var client = site.CreateClient())
        {
            await client.GetByteArrayAsync($"torrents/{torrent.TrackerHashes[0]}.torrent");
            site.Shells.TryGetSettings(ShellSettings.DefaultShellName, out var settings);
            await site.Shells.ReleaseShellContextAsync(settings);
            await Eventually.HoldsAsync(async () => await StoredAsync(site) == (0, 0, 1));
            await client.GetByteArrayAsync($"torrents/{torrent.TrackerHashes[0]}.torrent");
        }

        await using var again = await TestSite.StartAsync(new SiteOptions { Folder = await site.StopAsync() });

        Assert.Equal((0, 0, 2), await StoredAsync(again));
    }

    private static Task<int> WriteAsync(TestSite site, CancellationToken cancellationToken = default) =>
        site.InTenantAsync(services => services.GetRequiredService<CountWriter>().WriteAsync(cancellationToken));

    private static Task ExecuteAsync(TestSite site, string sql) => site.InTenantAsync(async services =>
    {
        await using var connection = services.GetRequiredService<IDbConnectionAccessor>().CreateConnection();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    });

    private static Task<(int Seeders, int Leechers, int Downloads)> StoredAsync(TestSite site) => site.InTenantAsync(async services =>
    {
        var hit = Assert.Single(await services.GetRequiredService<TorrentFinder>().FindAsync(new TorrentQuery(), 10));
        return (hit.Seeders, hit.Leechers, hit.Downloads);
    });
}
