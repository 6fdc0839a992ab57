using System.Text.Json.Nodes;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Metadata.Settings;
using OrchardCore.Data.Migration;
using OrchardTracker.Torrents.Data;
using OrchardTracker.Torrents.Foreign;
using OrchardTracker.Torrents.Indexes;
using OrchardTracker.Torrents.Models;
using YesSql;
using YesSql.Sql;
using YesSql.Sql.Schema;

namespace OrchardTracker.Torrents;

public sealed class Migrations(IContentDefinitionManager contentDefinitions, IStore store) : DataMigration
{
    public async Task<int> CreateAsync()
    {
        await DefineContentAsync();
        await CreateIndexAsync();
        await PlainTableBuilder.CreateRecordsAsync(SchemaBuilder);
        await PlainTableBuilder.CreateWordsAsync(SchemaBuilder);
        await PlainTableBuilder.CreateDaysAsync(SchemaBuilder);
        await PlainTableBuilder.CreateTakedownsAsync(SchemaBuilder);
        await PlainTableBuilder.CreateUploadsAsync(SchemaBuilder);
        await PlainTableBuilder.CreateChangesAsync(SchemaBuilder);
        await ForeignTables.CreateAsync(SchemaBuilder);
        await PlainTableBuilder.CreateServersAsync(SchemaBuilder);
        return 5;
    }

    /// <summary>Indexes for lists that begin with the records of torrents.</summary>
    public async Task<int> UpdateFrom1Async()
    {
        await SchemaBuilder.AlterIndexTableAsync<TorrentPartIndex>(AddHashIndex);
        await SchemaBuilder.AlterTableAsync(PlainTables.Records, table =>
        {
            foreach (var count in PlainTableBuilder.SortedCounts)
            {
                table.DropIndex($"IDX_OrchardTracker_Record_{count}");
            }
        });
        await SchemaBuilder.AlterTableAsync(PlainTables.Records, PlainTableBuilder.AddCountIndexes);
        return 2;
    }

    /// <summary>An index for the moderators' list.</summary>
    public async Task<int> UpdateFrom2Async()
    {
        await SchemaBuilder.AlterIndexTableAsync<TorrentPartIndex>(AddLatestIndex);
        return 3;
    }

    /// <summary>What servers tell each other, and how much other trackers bear at once.</summary>
    public async Task<int> UpdateFrom3Async()
    {
        await PlainTableBuilder.CreateChangesAsync(SchemaBuilder);
        await SchemaBuilder.AlterTableAsync(PlainTables.ForeignTrackers, table => table
            .AddColumn<int>("Batch", column => column.NotNull().WithDefault(ForeignTables.LargestBatch)));
        return 4;
    }

    /// <summary>Each server of a site writes counts of its own. Those of now come back when they are counted again.</summary>
    public async Task<int> UpdateFrom4Async()
    {
        await PlainTableBuilder.CreateServersAsync(SchemaBuilder);
        await SchemaBuilder.AlterTableAsync(PlainTables.Records, table =>
        {
            table.DropColumn("SeenCompleted");
            table.AddColumn<long>("ChangedAt", column => column.NotNull().WithDefault(0));
        });
        await SchemaBuilder.AlterTableAsync(PlainTables.Records, PlainTableBuilder.AddChangeIndex);
        await ForgetCountsAsync();
        return 5;
    }

    private async Task ForgetCountsAsync()
    {
        var dialect = SchemaBuilder.Dialect;
        await using var command = SchemaBuilder.Connection.CreateCommand();
        command.Transaction = SchemaBuilder.Transaction;
        command.CommandText =
            $"UPDATE {dialect.QuoteForTableName(SchemaBuilder.TablePrefix + PlainTables.Records, store.Configuration.Schema)} SET "
            + string.Join(", ", new[] { "Seeders", "Leechers" }.Select(count =>
                $"{dialect.QuoteForColumnName(count)} = {dialect.QuoteForColumnName(count)} - {dialect.QuoteForColumnName("Own" + count)}, {dialect.QuoteForColumnName("Own" + count)} = 0"));
        await command.ExecuteNonQueryAsync();
    }

    private async Task DefineContentAsync()
    {
        await contentDefinitions.AlterPartDefinitionAsync(nameof(TorrentPart), part => part
            .WithDisplayName("Torrent")
            .WithDescription("Makes a content item one torrent."));
        await contentDefinitions.AlterTypeDefinitionAsync(TorrentContent.Type, type => type
            .WithDisplayName("Torrent")
            .WithDescription("A torrent that the site lists and tracks.")
            .Creatable()
            .Listable()
            .Draftable()
            .Versionable()
            .Securable()
            .WithPart("TitlePart", part => part.WithPosition("0"))
            .WithPart(nameof(TorrentPart), part => part.WithPosition("1"))
            .WithPart("MarkdownBodyPart", part => part
                .WithDisplayName("Description")
                .WithPosition("2"))
            .WithPart(nameof(AutoroutePart), part => part
                .WithPosition("3")
                .MergeSettings(new JsonObject
                {
                    ["AutoroutePartSettings"] = new JsonObject
                    {
                        // Not below "torrents": a torrent may have any title, also that of a page of ours.
                        ["Pattern"] = "torrent/{{ ContentItem.DisplayText | slugify | default: ContentItem.ContentItemId }}",
                        ["AllowCustomPath"] = true,
                    },
                }))
            .WithPart("CommonPart", part => part.WithPosition("4")));
    }

    private async Task CreateIndexAsync()
    {
        await SchemaBuilder.CreateMapIndexTableAsync<TorrentPartIndex>(table => table
            .Column<string>("ContentItemId", column => column.WithLength(26))
            .Column<string>("InfoHash", column => column.WithLength(40))
            .Column<string>("SecondHash", column => column.WithLength(40))
            .Column<string>("SortTitle", column => column.WithLength(TorrentPartIndex.TitleLength))
            .Column<long>("Size")
            .Column<string>("Owner", column => column.WithLength(26))
            .Column<long>("ListedAt")
            .Column<string>("SupersededBy", column => column.WithLength(40))
            .Column<bool>("Listed")
            .Column<bool>("FreeLeech")
            .Column<bool>("Published")
            .Column<bool>("Latest"));
        await SchemaBuilder.AlterIndexTableAsync<TorrentPartIndex>(table =>
        {
            table.CreateIndex("IDX_TorrentPartIndex_InfoHash", "InfoHash", "Published", "Latest");
            table.CreateIndex("IDX_TorrentPartIndex_SecondHash", "SecondHash", "Published", "Latest");
            table.CreateIndex("IDX_TorrentPartIndex_Listed", "Published", "Listed", "ListedAt");
            table.CreateIndex("IDX_TorrentPartIndex_Size", "Published", "Listed", "Size");
            table.CreateIndex("IDX_TorrentPartIndex_Title", "Published", "Listed", "SortTitle");
            table.CreateIndex("IDX_TorrentPartIndex_ContentItemId", "ContentItemId", "Published", "Latest");
            AddHashIndex(table);
            AddLatestIndex(table);
        });
    }

    private static void AddLatestIndex(IAlterTableCommand table) => table.CreateIndex("IDX_TorrentPartIndex_Latest", "Latest", "ListedAt");

    /// <summary>With all columns of the condition: SQLite takes the index that has most of them.</summary>
    private static void AddHashIndex(IAlterTableCommand table) => table.CreateIndex("IDX_TorrentPartIndex_Hash", "InfoHash", "Published", "Listed");
}
