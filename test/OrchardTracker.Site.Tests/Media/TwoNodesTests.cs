using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Locking.Distributed;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Hosting;
using OrchardTracker.Publishing;
using OrchardTracker.Site.Tests.Hosting;

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

    private static async Task<Func<PublishingQueue>> FindQueueAsync(TestSite site)
    {
        var publishing = await site.InTenantAsync(services => Task.FromResult(services.GetRequiredService<TenantPublishing>()));
        await MediaSteps.EventuallyAsync(() => Task.FromResult(publishing.Queue is not null), () => site.Log.ToString()!);
        return () => publishing.Queue!;
    }
}
