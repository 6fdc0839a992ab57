using YesSql;
using YesSql.Sql;
using YesSql.Sql.Schema;

namespace OrchardTracker.Torrents.Data;

/// <summary>Creates the plain tables.</summary>
internal static class PlainTableBuilder
{
    /// <summary>The counts that torrents are sorted by.</summary>
    public static readonly string[] SortedCounts = ["Seeders", "Leechers", "Completed"];

    public static async Task CreateRecordsAsync(ISchemaBuilder schema)
    {
        await schema.CreateTableAsync(PlainTables.Records, table => table
            .Column(IdentityColumnSize.Int64, "Id", column => column.Identity().NotNull())
            .Column<string>("InfoHash", column => column.NotNull().Unique().WithLength(40))
            .Column<int>("Seeders", column => column.NotNull())
            .Column<int>("Leechers", column => column.NotNull())
            .Column<int>("Completed", column => column.NotNull())
            .Column<int>("OwnSeeders", column => column.NotNull())
            .Column<int>("OwnLeechers", column => column.NotNull())
            .Column<int>("OwnCompleted", column => column.NotNull())
            .Column<int>("Downloads", column => column.NotNull())
            .Column<long>("ChangedAt", column => column.NotNull()));
        await schema.AlterTableAsync(PlainTables.Records, AddCountIndexes);
        await schema.AlterTableAsync(PlainTables.Records, AddChangeIndex);
    }

    public static void AddChangeIndex(IAlterTableCommand table) => table.CreateIndex("IDX_OrchardTracker_Record_ChangedAt", "ChangedAt");

    public static async Task CreateServersAsync(ISchemaBuilder schema)
    {
        await schema.CreateTableAsync(PlainTables.Servers, table => table
            .Column<string>("Server", column => column.NotNull().PrimaryKey().WithLength(32))
            .Column<long>("SeenAt", column => column.NotNull()));
        await schema.CreateTableAsync(PlainTables.ServerCounts, table => table
            .Column<long>("TorrentId", column => column.NotNull().PrimaryKey())
            .Column<string>("Server", column => column.NotNull().PrimaryKey().WithLength(32))
            .Column<int>("Seeders", column => column.NotNull())
            .Column<int>("Leechers", column => column.NotNull())
            .Column<int>("SeenCompleted", column => column.NotNull()));
        await schema.AlterTableAsync(PlainTables.ServerCounts, table => table.CreateIndex("IDX_OrchardTracker_ServerCount_Server", "Server", "TorrentId"));
    }

    public static void AddCountIndexes(IAlterTableCommand table)
    {
        foreach (var count in SortedCounts)
        {
            table.CreateIndex($"IDX_OrchardTracker_Record_{count}_Id", count, "Id");
        }
    }

    public static async Task CreateWordsAsync(ISchemaBuilder schema)
    {
        await schema.CreateTableAsync(PlainTables.Words, table => table
            .Column<string>("Word", column => column.NotNull().PrimaryKey().WithLength(TorrentWords.MaxLength))
            .Column<long>("TorrentId", column => column.NotNull().PrimaryKey())
            .Column<bool>("InTitle", column => column.NotNull().PrimaryKey()));
        await schema.AlterTableAsync(PlainTables.Words, table => table
            .CreateIndex("IDX_OrchardTracker_Word_Torrent", "TorrentId", "InTitle"));
    }

    public static async Task CreateDaysAsync(ISchemaBuilder schema)
    {
        await schema.CreateTableAsync(PlainTables.Days, table => table
            .Column<long>("TorrentId", column => column.NotNull().PrimaryKey())
            .Column<int>("Day", column => column.NotNull().PrimaryKey())
            .Column<int>("Seeders", column => column.NotNull())
            .Column<int>("Leechers", column => column.NotNull())
            .Column<int>("Completed", column => column.NotNull()));
        await schema.AlterTableAsync(PlainTables.Days, table => table
            .CreateIndex("IDX_OrchardTracker_TorrentDay_Day", "Day"));
        await schema.CreateTableAsync(PlainTables.SiteDays, table => table
            .Column<int>("Day", column => column.NotNull().PrimaryKey())
            .Column<int>("Torrents", column => column.NotNull())
            .Column<long>("Size", column => column.NotNull())
            .Column<int>("Seeders", column => column.NotNull())
            .Column<int>("Leechers", column => column.NotNull())
            .Column<long>("Completed", column => column.NotNull())
            .Column<long>("Downloads", column => column.NotNull())
            .Column<long>("Transferred", column => column.NotNull()));
    }

    public static async Task CreateTakedownsAsync(ISchemaBuilder schema)
    {
        await schema.CreateTableAsync(PlainTables.Takedowns, table => table
            .Column<string>("InfoHash", column => column.NotNull().PrimaryKey().WithLength(40))
            .Column<string>("SecondHash", column => column.WithLength(40))
            .Column<string>("Title", column => column.NotNull().WithLength(255))
            .Column<string>("Reason", column => column.NotNull().WithLength(1_000))
            .Column<string>("TakenBy", column => column.WithLength(255))
            .Column<long>("TakenAt", column => column.NotNull()));
        await schema.AlterTableAsync(PlainTables.Takedowns, table =>
        {
            table.CreateIndex("IDX_OrchardTracker_Takedown_Second", "SecondHash");
            table.CreateIndex("IDX_OrchardTracker_Takedown_At", "TakenAt");
        });
    }

    public static Task CreateChangesAsync(ISchemaBuilder schema) => schema.CreateTableAsync(PlainTables.Changes, table => table
        .Column(IdentityColumnSize.Int64, "Id", column => column.Identity().NotNull())
        .Column<string>("InfoHash", column => column.NotNull().WithLength(40))
        .Column<string>("Server", column => column.NotNull().WithLength(32))
        .Column<long>("ChangedAt", column => column.NotNull()));

    public static async Task CreateUploadsAsync(ISchemaBuilder schema)
    {
        await schema.CreateTableAsync(PlainTables.Uploads, table => table
            .Column<string>("Batch", column => column.NotNull().PrimaryKey().WithLength(32))
            .Column<int>("Number", column => column.NotNull().PrimaryKey())
            .Column<string>("UserId", column => column.NotNull().WithLength(255))
            .Column<string>("FileName", column => column.NotNull().WithLength(255))
            .Column<long>("UploadedAt", column => column.NotNull())
            .Column<byte[]>("Bytes", column => column.NotNull().WithLength(1 << 30)));
        await schema.AlterTableAsync(PlainTables.Uploads, table =>
        {
            table.CreateIndex("IDX_OrchardTracker_Upload_User", "UserId");
            table.CreateIndex("IDX_OrchardTracker_Upload_At", "UploadedAt");
        });
    }
}
