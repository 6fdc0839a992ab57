using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Locking.Distributed;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Hosting;
using OrchardTracker.MediaTorrent.ViewModels;
using OrchardTracker.Publishing;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Torrents;
using OrchardTracker.Site.Tests.Tracker;
using OrchardTracker.Swarms;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>Two nodes of one site: one database, one media folder, and the distributed lock of Orchard Core's Redis module.</summary>
public sealed class TwoNodesTests
{
    private const int Files = 12;

    [Fact]
    public async Task Should_hash_each_file_once()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var database = await PostgreSqlServer.StartAsync();
        string[] args = [$"--OrchardCore:OrchardCore_Redis:Configuration={redis.Configuration}"];
        var first = await TestSite.StartAsync(new SiteOptions { Args = args, PostgreSql = database.ConnectionString });
        await first.EnableFeaturesAsync("OrchardCore.Redis.Lock");
        var folder = await first.StopAsync();
        await using var one = await TestSite.StartAsync(new SiteOptions { Folder = folder, Args = args, PostgreSql = database.ConnectionString });
        var two = await TestSite.StartAsync(new SiteOptions { Folder = folder, Args = args, PostgreSql = database.ConnectionString });
        try
        {
            Assert.Equal("RedisLock", await one.InTenantAsync(services => Task.FromResult(services.GetRequiredService<IDistributedLock>().GetType().Name)));
            var queues = new[] { await FindQueueAsync(one), await FindQueueAsync(two) };
            for (var i = 0; i < Files; i++)
            {
                await File.WriteAllBytesAsync(Path.Combine(folder, $"App_Data/Sites/Default/Media/shared {i}.bin"), RandomNumberGenerator.GetBytes(500_000));
            }

            await Task.WhenAll(one.SweepAsync(), two.SweepAsync());
            for (var i = 0; i < Files; i++)
            {
                var entry = await one.WaitForTorrentAsync($"shared {i}.bin");
                await MediaSteps.EventuallyAsync(
                    () => Task.FromResult(queues.All(queue => queue().Find(entry.EntryId) is not { Job.IsFinished: false })), () => $"{one.Log}\n{two.Log}");
                Assert.Single(queues, queue => queue().Find(entry.EntryId) is { Job.State: PublishingState.Done });
            }

            var entries = await one.InTenantAsync(async services => await services.GetRequiredService<MediaEntryStore>().Query().ListAsync());
            Assert.Equal(Files, entries.Count(entry => entry.Path.StartsWith("shared", StringComparison.Ordinal)));
        }
        finally
        {
            await two.StopAsync();
        }
    }

    [Fact]
    public async Task Should_follow_what_the_other_node_makes_replaces_and_takes_down()
    {
        await using var database = await PostgreSqlServer.StartAsync();
        var setUp = await TestSite.StartAsync(new SiteOptions { PostgreSql = database.ConnectionString });
        await setUp.SetTrackerAsync(("Mode", nameof(TrackerMode.Registered)));

        // What stands in the catalogue the catalogue tells.
        await setUp.SetAsync(settings => settings.Choices = settings.Choices with { IsPublished = false });
        var folder = await setUp.StopAsync();
        await using var one = await TestSite.StartAsync(new SiteOptions { Folder = TestSite.Duplicate(folder), PostgreSql = database.ConnectionString });
        await using var two = await TestSite.StartAsync(new SiteOptions { Folder = folder, PostgreSql = database.ConnectionString });
        using var client = two.CreateClient();
        var seeder = await two.InTenantAsync(services => Task.FromResult(services.GetRequiredService<TenantPublishing>().Seeder));

        await one.WriteAsync("made elsewhere.bin", RandomNumberGenerator.GetBytes(300_000));
        var made = await one.WaitForTorrentAsync("made elsewhere.bin");
        var hash = made.GetHashes()[0];
        await AnswersAsync(hash, "incomplete");
        Assert.Equal([hash], seeder.ListOf([made.EntryId]));

        await one.WriteAsync("made elsewhere.bin", RandomNumberGenerator.GetBytes(300_000), overwrite: true);
        var replaced = (await one.WaitForEntryAsync("made elsewhere.bin", entry => entry is { State: MediaEntryState.Ready } && entry.GetHashes()[0] != hash))!;
        await AnswersAsync(replaced.GetHashes()[0], "incomplete");
        Assert.Equal([replaced.GetHashes()[0]], seeder.ListOf([made.EntryId]));

        await one.ActAsync("made elsewhere.bin", MediaTorrentBulkAction.Remove);
        await AnswersAsync(replaced.GetHashes()[0], "taken this torrent down");
        Assert.Empty(seeder.ListOf([made.EntryId]));

        Task AnswersAsync(InfoHash hash, string words) => Eventually.HoldsAsync(
            async () => (await client.GetStringAsync(Announcer.Path(hash.Announced(), 1001))).Contains(words, StringComparison.Ordinal));
    }

    private static async Task<Func<PublishingQueue>> FindQueueAsync(TestSite site)
    {
        var publishing = await site.InTenantAsync(services => Task.FromResult(services.GetRequiredService<TenantPublishing>()));
        await MediaSteps.EventuallyAsync(() => Task.FromResult(publishing.Queue is not null), () => site.Log.ToString()!);
        return () => publishing.Queue!;
    }
}
