using System.Net;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using OrchardCore.Contents.Deployment;
using OrchardCore.Contents.Deployment.AddToDeploymentPlan;
using OrchardCore.Deployment;
using OrchardCore.Deployment.Core.Services;
using OrchardCore.Deployment.Services;
using OrchardCore.Liquid;
using OrchardCore.Recipes.Models;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Tracker;
using OrchardTracker.Torrents.Deployment;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>What those who build a site have of torrents: widgets, Liquid, GraphQL, sitemaps, recipes, deployment.</summary>
public sealed class SiteBuilderTests(SiteBuilderTests.Fixture fixture) : IClassFixture<SiteBuilderTests.Fixture>
{
    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_show_widgets()
    {
        var torrent = await Site.PublishTorrentAsync("In a widget", "one.txt");
        using var client = Site.CreateClient();
        await client.AnnounceAsync(torrent.TrackerHashes[0].Announced(), 1001, left: 0);
        await Site.RunRecipeAsync($$"""
            { "name": "content", "data": [
                {{Widget("torrent-list", "TorrentList", """ "TorrentListWidgetPart": { "Order": "Seeders", "Count": 3 } """)}},
                {{Widget("torrent-button", "TorrentButton", $$""" "TorrentButtonWidgetPart": { "InfoHash": "{{torrent.TrackerHashes[0]}}" } """)}},
                {{Widget("torrent-totals", "TorrentTotals", """ "TorrentTotalsWidgetPart": {} """)}}
            ] }
            """);

        var page = await client.GetStringAsync("");

        Assert.Contains("ot-table", page, StringComparison.Ordinal);
        Assert.Contains("Download In a widget", page, StringComparison.Ordinal);
        Assert.Contains("magnet:?xt=urn:btih:" + torrent.TrackerHashes[0], page, StringComparison.Ordinal);
        Assert.Contains("<dt>Torrents</dt>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_have_liquid_filters()
    {
        var torrent = await Site.PublishTorrentAsync("In Liquid");
        using var client = Site.CreateClient();
        await client.AnnounceAsync(torrent.TrackerHashes[0].Announced(), 1001, left: 0);

        var text = await Site.InTenantAsync(services => services.GetRequiredService<ILiquidTemplateManager>().RenderStringAsync(
            $$$"""
            {% assign items = "date" | torrents: 1 %}{% assign counts = items[0] | torrent_counts %}{{ items[0].DisplayText }},
            {{ counts.Seeders }} {{ counts.Leechers }}, {{ 1536 | torrent_size }}, {{ items[0] | torrent_magnet }}
            """,
            HtmlEncoder.Default));

        Assert.Contains("In Liquid", text, StringComparison.Ordinal);
        Assert.Contains("1 0, 1.5 KiB", text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("magnet:?xt=urn:btih:" + torrent.TrackerHashes[0], text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_answer_graphql()
    {
        var torrent = await Site.PublishTorrentAsync("In GraphQL");
        using var client = Site.CreateClient();
        await client.AnnounceAsync(torrent.TrackerHashes[0].Announced(), 1001, left: 0);
        using var admin = await Site.SignInAsync(TestSite.AdminName);

        using var response = await admin.PostAsync("api/graphql", new StringContent(
            """{ torrent(where: { displayText: "In GraphQL" }) { displayText torrent { infoHash size seeders leechers } } }""", new MediaTypeHeaderValue("application/graphql")));

        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, body);
        var found = JsonNode.Parse(body)!["data"]?["torrent"]?[0]?["torrent"];
        Assert.True(found is not null, body);
        Assert.Equal(torrent.TrackerHashes[0].ToString(), found["infoHash"]!.GetValue<string>());
        Assert.Equal(1, found["seeders"]!.GetValue<int>());
    }

    [Fact]
    public async Task Should_stand_in_the_sitemap_that_the_site_is_set_up_with_unless_unlisted_or_unpublished()
    {
        await Site.PublishTorrentAsync("Mapped");
        await Site.PublishAsync(await SampleTorrent.CreateAsync("Not mapped: unlisted"), new CatalogDetails { IsListed = false });
        var unpublished = await Site.PublishTorrentAsync("Not mapped: unpublished");
        using var client = Site.CreateClient();
        await Eventually.HoldsAsync(async () => (await client.GetStringAsync("sitemap.xml")).Contains("/torrent/not-mapped-unpublished<", StringComparison.Ordinal));

        await Site.InTenantAsync(services => services.GetRequiredService<ITorrentCatalog>().UnpublishAsync(unpublished.TrackerHashes[0]));
        await Eventually.HoldsAsync(async () => !(await client.GetStringAsync("sitemap.xml")).Contains("/torrent/not-mapped-unpublished<", StringComparison.Ordinal));

        var map = await client.GetStringAsync("sitemap.xml");
        Assert.Contains("/torrent/mapped<", map, StringComparison.Ordinal);
        Assert.DoesNotContain("not-mapped", map, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(TorrentFilesDeploymentStep), nameof(AllContentDeploymentStep))]
    [InlineData(nameof(AllContentDeploymentStep))]
    [InlineData(nameof(ContentItemDeploymentStep))]
    public async Task Should_carry_torrents_from_site_to_site_with_their_bytes(params string[] steps)
    {
        var title = "Carried by " + string.Join(" and ", steps);
        var torrent = await Site.PublishTorrentAsync(title, "folder/carried-file.txt");
        var other = await Site.PublishTorrentAsync("Beside " + title);
        using var package = new TemporaryFileBuilder();
        await ExportAsync(package, steps, torrent);
        await using var target = await TestSite.StartAsync();
        await target.EmptyAsync();
        await target.InTenantAsync(async services =>
        {
            using var files = new PhysicalFileProvider(package.Folder);
            await services.GetRequiredService<IDeploymentManager>().ImportDeploymentPackageAsync(files);
        });
        using var client = target.CreateClient();

        var served = Metainfo.Parse(await client.GetByteArrayAsync($"torrents/{torrent.TrackerHashes[0]}.torrent"));
        Assert.Equal(torrent.TrackerHashes, served.TrackerHashes);
        Assert.Equal(torrent.InfoBytes.ToArray(), served.InfoBytes.ToArray());
        Assert.Contains(title, await client.GetStringAsync("torrents?q=carried-file"), StringComparison.Ordinal);
        await client.AnnounceAsync(torrent.TrackerHashes[0].Announced(), 1001);
        Assert.Equal(!steps.Contains(nameof(ContentItemDeploymentStep)), File.Exists(Path.Combine(package.Folder, "torrents", $"{other.TrackerHashes[0]}.torrent")));
    }

    private Task ExportAsync(TemporaryFileBuilder package, string[] names, Metainfo torrent) => Site.InTenantAsync(async services =>
    {
        var plan = new DeploymentPlan();
        foreach (var name in names)
        {
            var step = services.GetServices<IDeploymentStepFactory>().Single(factory => factory.Name == name).Create();
            if (step is ContentItemDeploymentStep single)
            {
                single.ContentItemId = (await services.GetRequiredService<ITorrentCatalog>().FindAsync(torrent.TrackerHashes[0]))!.ContentItemId;
            }

            plan.DeploymentSteps.Add(step);
        }

        var result = new DeploymentPlanResult(package, new RecipeDescriptor { Name = "Export" });
        await services.GetRequiredService<IDeploymentManager>().ExecuteDeploymentPlanAsync(plan, result);
        Assert.Single(result.Steps, step => step["name"]!.GetValue<string>() == TorrentFilesStep.Id);
    });

    private static string Widget(string id, string type, string part) => $$"""
        {
          "ContentItemId": "{{id}}", "ContentType": "{{type}}", "DisplayText": "{{type}}", "Latest": true, "Published": true, {{part}},
          "LayerMetadata": { "RenderTitle": false, "Position": 0, "Zone": "Content", "Layer": "Always" }
        }
        """;

    public sealed class Fixture : SiteFixture
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Site.EmptyAsync();
            await Site.EnableFeaturesAsync("OrchardCore.Apis.GraphQL", "OrchardCore.Widgets", "OrchardCore.Layers", "OrchardCore.Sitemaps", "OrchardCore.Deployment", "OrchardCore.Contents.Deployment.AddToDeploymentPlan");
        }
    }
}
