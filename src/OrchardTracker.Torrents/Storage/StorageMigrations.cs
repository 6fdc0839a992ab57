using OrchardCore.Data.Migration;

namespace OrchardTracker.Torrents.Storage;

public sealed class StorageMigrations : DataMigration
{
    public async Task<int> CreateAsync()
    {
        await SchemaBuilder.CreateTableAsync(TorrentTables.Torrents, table => table
            .Column<string>("InfoHash", column => column.PrimaryKey().NotNull().WithLength(40))
            .Column<string>("SecondHash", column => column.WithLength(40))
            // So long that each database takes its type for the largest values.
            .Column<byte[]>("Bytes", column => column.NotNull().WithLength(1 << 30)));
        await SchemaBuilder.AlterTableAsync(TorrentTables.Torrents, table => table
            .CreateIndex("IDX_OrchardTracker_StoredTorrent_Second", "SecondHash"));

        await SchemaBuilder.CreateTableAsync(TorrentTables.Holders, table => table
            .Column<string>("InfoHash", column => column.PrimaryKey().NotNull().WithLength(40))
            .Column<string>("Holder", column => column.PrimaryKey().NotNull().WithLength(100)));
        return 1;
    }
}
