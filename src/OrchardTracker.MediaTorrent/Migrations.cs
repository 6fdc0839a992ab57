using OrchardCore.Data.Migration;
using OrchardTracker.MediaTorrent.Access;
using OrchardTracker.MediaTorrent.Entries;
using YesSql.Sql;

namespace OrchardTracker.MediaTorrent;

public sealed class Migrations : DataMigration
{
    public async Task<int> CreateAsync()
    {
        await SchemaBuilder.CreateMapIndexTableAsync<MediaEntryIndex>(
            table => table
                .Column<string>(nameof(MediaEntryIndex.EntryId), column => column.WithLength(26))
                .Column<string>(nameof(MediaEntryIndex.Path), column => column.WithLength(MediaEntryIndexProvider.MaxPathLength))
                .Column<string>(nameof(MediaEntryIndex.PathHash), column => column.WithLength(64))
                .Column<bool>(nameof(MediaEntryIndex.IsFolder))
                .Column<string>(nameof(MediaEntryIndex.State), column => column.WithLength(16))
                .Column<long>(nameof(MediaEntryIndex.Length))
                .Column<long>(nameof(MediaEntryIndex.ModifiedTicks))
                .Column<string>(nameof(MediaEntryIndex.Fingerprint), column => column.WithLength(64))
                .Column<string>(nameof(MediaEntryIndex.InfoHash), column => column.WithLength(40))
                .Column<string>(nameof(MediaEntryIndex.InfoHashV2), column => column.WithLength(40))
                .Column<bool>(nameof(MediaEntryIndex.IsRestricted))
                .Column<bool>(nameof(MediaEntryIndex.IsInCatalog))
                .Column<DateTime>(nameof(MediaEntryIndex.CreatedUtc)),
            MediaEntryStore.Collection);
        await SchemaBuilder.AlterIndexTableAsync<MediaEntryIndex>(
            table =>
            {
                table.CreateIndex("IDX_MediaEntryIndex_EntryId", nameof(MediaEntryIndex.EntryId), "DocumentId");
                table.CreateIndex("IDX_MediaEntryIndex_PathHash", nameof(MediaEntryIndex.PathHash), "DocumentId");
                table.CreateIndex("IDX_MediaEntryIndex_State", nameof(MediaEntryIndex.State), "DocumentId");
                table.CreateIndex("IDX_MediaEntryIndex_InfoHash", nameof(MediaEntryIndex.InfoHash), "DocumentId");
                table.CreateIndex("IDX_MediaEntryIndex_InfoHashV2", nameof(MediaEntryIndex.InfoHashV2), "DocumentId");
            },
            MediaEntryStore.Collection);
        await SchemaBuilder.CreateMapIndexTableAsync<MediaReferenceIndex>(table => table
            .Column<string>(nameof(MediaReferenceIndex.ContentItemId), column => column.WithLength(26))
            .Column<string>(nameof(MediaReferenceIndex.Path), column => column.WithLength(MediaEntryIndexProvider.MaxPathLength))
            .Column<string>(nameof(MediaReferenceIndex.PathHash), column => column.WithLength(64))
            .Column<bool>(nameof(MediaReferenceIndex.Published))
            .Column<bool>(nameof(MediaReferenceIndex.Latest)));
        await SchemaBuilder.AlterIndexTableAsync<MediaReferenceIndex>(table =>
        {
            table.CreateIndex("IDX_MediaReferenceIndex_PathHash", nameof(MediaReferenceIndex.PathHash), "DocumentId");
            table.CreateIndex("IDX_MediaReferenceIndex_ContentItemId", nameof(MediaReferenceIndex.ContentItemId), "DocumentId");
        });
        return 2;
    }

    /// <summary>Folders find the files in them by path. The first sweep fills it in.</summary>
    public async Task<int> UpdateFrom1Async()
    {
        await SchemaBuilder.AlterIndexTableAsync<MediaReferenceIndex>(table => table
            .AddColumn<string>(nameof(MediaReferenceIndex.Path), column => column.WithLength(MediaEntryIndexProvider.MaxPathLength)));
        return 2;
    }
}
