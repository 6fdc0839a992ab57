using OrchardCore.Data.Migration;
using YesSql.Sql.Schema;

namespace OrchardTracker.Tracker.Data;

internal sealed class TrackerMigrations : DataMigration
{
    public async Task<int> CreateAsync()
    {
        await SchemaBuilder.CreateTableAsync(TrackerTables.Secrets, table => table
            .Column<int>("Id", column => column.PrimaryKey().Identity().NotNull())
            .Column<string>("Value", column => column.NotNull().WithLength(2000))
            .Column<long>("CreatedAt", column => column.NotNull()));

        await SchemaBuilder.CreateTableAsync(TrackerTables.Users, table => table
            .Column<int>("Number", column => column.PrimaryKey().Identity().NotNull())
            .Column<string>("UserId", column => column.NotNull().Unique().WithLength(255))
            .Column<long>("Generation", column => column.NotNull())
            .Column<long>("FirstGeneration", column => column.NotNull()));

        return 1;
    }

    public async Task<int> UpdateFrom1Async()
    {
        await SchemaBuilder.CreateTableAsync(TrackerTables.Torrents, table => table
            .Column<string>("Hash", column => column.PrimaryKey().NotNull().WithLength(40))
            .Column<string>("V2", column => column.WithLength(40))
            .Column<string>("Name", column => column.WithLength(255))
            .Column<string>("AddedBy", column => column.WithLength(255))
            .Column<long>("AddedAt", column => column.NotNull()));

        await SchemaBuilder.CreateTableAsync(TrackerTables.Blocks, table => table
            .Column<string>("Hash", column => column.PrimaryKey().NotNull().WithLength(40))
            .Column<string>("V2", column => column.WithLength(40))
            .Column<string>("Name", column => column.WithLength(255))
            .Column<string>("Reason", column => column.WithLength(1000))
            .Column<string>("AddedBy", column => column.WithLength(255))
            .Column<long>("AddedAt", column => column.NotNull()));

        await SchemaBuilder.CreateTableAsync(TrackerTables.Bans, table => table
            .Column<int>("Id", column => column.PrimaryKey().Identity().NotNull())
            .Column<int>("Kind", column => column.NotNull())
            .Column<string>("Value", column => column.NotNull().WithLength(255))
            .Column<string>("Name", column => column.WithLength(255))
            .Column<string>("Reason", column => column.WithLength(1000))
            .Column<string>("AddedBy", column => column.WithLength(255))
            .Column<long>("AddedAt", column => column.NotNull())
            .Column<long>("EndsAt"));

        await SchemaBuilder.AlterTableAsync(TrackerTables.Torrents, table => table.CreateIndex("IDX_OrchardTracker_Torrent_AddedAt", "AddedAt", "Hash"));
        return 2;
    }

    public async Task<int> UpdateFrom2Async()
    {
        await SchemaBuilder.CreateTableAsync(TrackerTables.Accounts, table => AddSums(table
            .Column<int>("UserNumber", column => column.PrimaryKey().NotNull())
            .Column<string>("Torrent", column => column.PrimaryKey().NotNull().WithLength(40))));

        await SchemaBuilder.CreateTableAsync(TrackerTables.Totals, table => AddSums(table
                .Column<int>("UserNumber", column => column.PrimaryKey().NotNull()))
            .Column<string>("LastAddress", column => column.WithLength(45))
            .Column<long>("LastAddressAt"));

        await SchemaBuilder.CreateTableAsync(TrackerTables.Terms, table => table
            .Column<string>("Hash", column => column.PrimaryKey().NotNull().WithLength(40))
            .Column<int>("UploadPercent", column => column.NotNull())
            .Column<int>("DownloadPercent", column => column.NotNull()));

        await SchemaBuilder.AlterTableAsync(TrackerTables.Accounts, table => table.CreateIndex("IDX_OrchardTracker_Account_LastSeen", "LastSeen"));
        await SchemaBuilder.AlterTableAsync(TrackerTables.Accounts, table => table.CreateIndex("IDX_OrchardTracker_Account_Torrent", "Torrent"));
        await SchemaBuilder.AlterTableAsync(TrackerTables.Totals, table => table.CreateIndex("IDX_OrchardTracker_Total_LastSeen", "LastSeen"));
        return 3;
    }

    private static ICreateTableCommand AddSums(ICreateTableCommand table) => table
        .Column<long>("Uploaded", column => column.NotNull())
        .Column<long>("Downloaded", column => column.NotNull())
        .Column<long>("Corrupt", column => column.NotNull())
        .Column<long>("CreditedUp", column => column.NotNull())
        .Column<long>("CreditedDown", column => column.NotNull())
        .Column<long>("SeedingMilliseconds", column => column.NotNull())
        .Column<int>("Completed", column => column.NotNull())
        .Column<long>("FirstSeen", column => column.NotNull())
        .Column<long>("LastSeen", column => column.NotNull());
}
