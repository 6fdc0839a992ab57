using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Data;
using OrchardCore.Data.Migration.Records;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Tracker;
using OrchardTracker.Torrents.Counting;
using OrchardTracker.Torrents.Statistics;
using YesSql;
using ISession = YesSql.ISession;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>What becomes of a database from before each server had counts of its own.</summary>
public sealed class MigrationTests
{
    private const string Migration = "OrchardTracker.Torrents.Migrations";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_keep_what_was_completed_and_count_who_is_there_anew(bool isPostgreSql)
    {
        await using var database = isPostgreSql ? await PostgreSqlServer.StartAsync() : null;
        var options = new SiteOptions { PostgreSql = database?.ConnectionString };
        var site = await TestSite.StartAsync(options);
        await site.EmptyAsync();
        var hash = (await site.PublishTorrentAsync("From before")).TrackerHashes[0];
        using (var client = site.CreateClient())
        {
            await client.AnnounceAsync(hash.Announced(), 1001, left: 1, extra: "&event=started");
            await client.AnnounceAsync(hash.Announced(), 1001, left: 0, extra: "&event=completed");
            await client.AnnounceAsync(hash.Announced(), 1002);
        }

        await site.RunBackgroundTaskAsync("CountingBackgroundTask");
        var folder = await site.StopAsync();
        var older = await TestSite.StartAsync(options with { Folder = folder });
        await MakeOlderAsync(older);
        await older.StopAsync();

        await using var again = await TestSite.StartAsync(options with { Folder = folder });
        Assert.Equal((0, 0, 1L), await StoredAsync(again));
        await again.RunBackgroundTaskAsync("CountingBackgroundTask");

        Assert.Equal((1, 1, 1L), await StoredAsync(again));
        var counts = await again.InTenantAsync(services => Task.FromResult(services.GetRequiredService<TorrentBoard>().Get(hash.ToString())));
        Assert.Equal((1, 1, 1), (counts.Seeders, counts.Leechers, counts.Completed));
    }

    private static Task<(int, int, long)> StoredAsync(TestSite site) => site.InTenantAsync(async services =>
    {
        var totals = await services.GetRequiredService<TotalsReader>().SumAsync();
        return (totals.Seeders, totals.Leechers, totals.Completed);
    });

    private static Task MakeOlderAsync(TestSite site) => site.InTenantAsync(async services =>
    {
        var session = services.GetRequiredService<ISession>();
        var record = await session.Query<DataMigrationRecord>().FirstOrDefaultAsync();
        record.DataMigrations.Single(entry => entry.DataMigrationClass == Migration).Version = 4;
        await session.SaveAsync(record);
        await session.SaveChangesAsync();
        await using var connection = services.GetRequiredService<IDbConnectionAccessor>().CreateConnection();
        await connection.OpenAsync();
        foreach (var statement in new[]
        {
            "DROP TABLE \"OrchardTracker_ServerCount\"",
            "DROP TABLE \"OrchardTracker_Server\"",
            "DROP INDEX \"IDX_OrchardTracker_Record_ChangedAt\"",
            "ALTER TABLE \"OrchardTracker_TorrentRecord\" DROP COLUMN \"ChangedAt\"",
            "ALTER TABLE \"OrchardTracker_TorrentRecord\" ADD COLUMN \"SeenCompleted\" INTEGER NOT NULL DEFAULT 1",
        })
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync();
        }
    });
}
