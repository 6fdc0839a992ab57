using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.ContentLocalization;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.Queries;
using OrchardCore.Workflows.Models;
using OrchardCore.Workflows.Services;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Tracker;
using OrchardTracker.Torrents.Services;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>What Orchard Core does with any content, done with torrents: workflows, queries, localisation.</summary>
public sealed class ContentFeatureTests(ContentFeatureTests.Fixture fixture) : IClassFixture<ContentFeatureTests.Fixture>
{
    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_start_a_workflow_when_a_torrent_is_published()
    {
        await Site.InTenantAsync(services => services.GetRequiredService<IWorkflowTypeStore>().SaveAsync(new WorkflowType
        {
            WorkflowTypeId = "published",
            Name = "Published",
            IsEnabled = true,
            Activities =
            [
                new ActivityRecord
                {
                    ActivityId = "event",
                    Name = "ContentPublishedEvent",
                    IsStart = true,
                    Properties = new JsonObject { ["ContentTypeFilter"] = new JsonArray("Torrent") },
                },
                new ActivityRecord
                {
                    ActivityId = "log",
                    Name = "LogTask",
                    Properties = new JsonObject
                    {
                        ["LogLevel"] = (int)LogLevel.Warning,
                        ["Text"] = new JsonObject { ["Expression"] = "published {{ Workflow.Input.ContentItem.Content.TorrentPart.InfoHash }}." },
                    },
                },
            ],
            Transitions = [new Transition { Id = 1, SourceActivityId = "event", SourceOutcomeName = "Done", DestinationActivityId = "log" }],
        }));

        var torrent = await Site.PublishTorrentAsync("Starts a workflow");

        await Eventually.HoldsAsync(() => Site.Log.Lines.Any(line => line.Contains($"published {torrent.TrackerHashes[0]}.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Should_be_found_by_a_query()
    {
        var torrent = await Site.PublishTorrentAsync("Queried for");
        await Site.RunRecipeAsync("""
            { "name": "Queries", "Queries": [ {
                "Source": "Sql", "Name": "Torrents", "ReturnContentItems": true,
                "Template": "select DocumentId from TorrentPartIndex where Published = true and SortTitle = @title:'none'"
            } ] }
            """);

        var found = await Site.InTenantAsync(async services =>
        {
            var queries = services.GetRequiredService<IQueryManager>();
            var results = await queries.ExecuteQueryAsync(await queries.GetQueryAsync("Torrents"), new Dictionary<string, object> { ["title"] = "queried for" });
            return results.Items.Cast<ContentItem>().ToList();
        });

        Assert.Equal("Queried for", Assert.Single(found).DisplayText);
        Assert.Equal(torrent.TrackerHashes[0].ToString(), ((JsonObject)found[0].Content)["TorrentPart"]!["InfoHash"]!.GetValue<string>());
    }

    [Fact]
    public async Task Should_begin_a_translation_without_a_torrent_and_say_why()
    {
        var torrent = await Site.PublishTorrentAsync("Translated");
        var hash = torrent.TrackerHashes[0];
        var id = await Site.InTenantAsync(async services =>
        {
            var manager = services.GetRequiredService<IContentManager>();
            var item = (await services.GetRequiredService<TorrentItems>().FindVersionsAsync(hash))[0];
            var translation = await services.GetRequiredService<IContentLocalizationManager>().LocalizeAsync(item, "de");
            var result = await manager.ValidateAsync(translation);
            Assert.Contains(result.Errors, error => error.ErrorMessage!.Contains("one page in all languages", StringComparison.Ordinal));
            await manager.SaveDraftAsync(translation);
            Assert.False(await manager.PublishAsync(translation));
            return translation.ContentItemId;
        });

        using var admin = await Site.SignInAsync(TestSite.AdminName);
        Assert.Contains("A torrent has one page in all languages", await admin.GetStringAsync($"Admin/Contents/ContentItems/{id}/Edit"), StringComparison.Ordinal);
        using var client = Site.CreateClient();
        await client.AnnounceAsync(hash.Announced(), 1001);
        Assert.Equal(torrent.TrackerHashes, Metainfo.Parse(await client.GetByteArrayAsync($"torrents/{hash}.torrent")).TrackerHashes);
        Assert.Contains("1 torrent<", (await client.GetStringAsync("torrents?q=translated")).Replace("\n", "<", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    public sealed class Fixture : SiteFixture
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Site.EmptyAsync();
            await Site.EnableFeaturesAsync("OrchardCore.Queries.Sql", "OrchardCore.ContentLocalization");
            await Site.RunRecipeAsync("""{ "name": "settings", "LocalizationSettings": { "DefaultCulture": "en", "SupportedCultures": [ "en", "de" ] } }""");
            await Site.InTenantAsync(services => services.GetRequiredService<IContentDefinitionManager>()
                .AlterTypeDefinitionAsync("Torrent", type => type.WithPart("LocalizationPart")));
        }
    }
}
