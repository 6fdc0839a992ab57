using OrchardTracker.Torrents.Data;
using YesSql;
using YesSql.Sql;

namespace OrchardTracker.Torrents.Foreign;

/// <summary>Creates the tables of other trackers.</summary>
internal static class ForeignTables
{
    /// <summary>Longer addresses are not asked.</summary>
    public const int LongestUrl = 400;

    public const int LongestFault = 250;

    /// <summary>So many torrents stand in one question: as many as an UDP packet takes (BEP 15) and HTTP servers bear in an address.</summary>
    public const int LargestBatch = 50;

    public static async Task CreateAsync(ISchemaBuilder schema)
    {
        await schema.CreateTableAsync(PlainTables.ForeignTrackers, table => table
            .Column(IdentityColumnSize.Int64, "Id", column => column.Identity().NotNull())
            .Column<string>("Url", column => column.NotNull().Unique().WithLength(LongestUrl))
            .Column<long>("NextAt", column => column.NotNull())
            .Column<long>("AnsweredAt", column => column.NotNull())
            .Column<int>("Asked", column => column.NotNull())
            .Column<int>("Answered", column => column.NotNull())
            .Column<int>("Failures", column => column.NotNull())
            .Column<int>("Milliseconds", column => column.NotNull())
            .Column<int>("Batch", column => column.NotNull())
            .Column<string>("Fault", column => column.WithLength(LongestFault)));
        await schema.CreateTableAsync(PlainTables.ForeignCounts, table => table
            .Column<long>("TrackerId", column => column.NotNull().PrimaryKey())
            .Column<long>("TorrentId", column => column.NotNull().PrimaryKey())
            .Column<long>("NextAt", column => column.NotNull())
            .Column<long>("AnsweredAt", column => column.NotNull())
            .Column<int>("Seeders", column => column.NotNull())
            .Column<int>("Leechers", column => column.NotNull())
            .Column<int>("Completed", column => column.NotNull()));
        await schema.AlterTableAsync(PlainTables.ForeignCounts, table =>
        {
            table.CreateIndex("IDX_OrchardTracker_ForeignCount_Torrent", "TorrentId");
            table.CreateIndex("IDX_OrchardTracker_ForeignCount_Next", "TrackerId", "NextAt");
        });
    }
}
