using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Deployment;
using OrchardCore.Indexing;
using OrchardCore.Indexing.Core;
using OrchardCore.Recipes.Models;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Torrents.Indexing;

/// <summary>Visitors search by an index of the site where its settings say so.</summary>
public sealed class TextIndexTests(TextIndexTests.Fixture fixture) : IClassFixture<TextIndexTests.Fixture>
{
    private const string Settings = "Admin/Settings/torrents";

    private TestSite Site => fixture.Site;

    [Theory]
    [InlineData("q=harbour", "Harbour recordings")]
    [InlineData("q=gulls", "Harbour recordings")]
    [InlineData("q=foghorn", "Harbour recordings")]
    [InlineData("q=Foghorn_03.flac", "Harbour recordings")]
    [InlineData("q=recordings", "Harbour recordings|Station recordings")]
    [InlineData("q=recordings&size=10M-", "Station recordings")]
    [InlineData("q=recordings+gulls&sort=size", "Harbour recordings")]
    [InlineData("q=recordings&sort=size&dir=asc", "Harbour recordings|Station recordings")]
    [InlineData("q=recordings&sort=size", "Station recordings|Harbour recordings")]
    [InlineData("q=harb", "")]
    [InlineData("q=hushed", "")]
    [InlineData("q=%22+%3A+%5B%5C+%2B", "")]
    [InlineData("q=%5BHarbour%5D+%22+AND", "")]
    [InlineData("q=(harbour%5C+%22gulls", "Harbour recordings")]
    public async Task Should_find_by_title_description_and_file_names(string query, string expected)
    {
        using var client = Site.CreateClient();
        var wanted = expected.Split('|', StringSplitOptions.RemoveEmptyEntries);

        var page = ListPage.Titles(await client.GetStringAsync("torrents?" + query));
        var answer = JsonNode.Parse(await client.GetStringAsync("api/torrents?" + query))!["torrents"]!.AsArray();

        var isSorted = query.Contains("sort", StringComparison.Ordinal);
        Assert.Equal(wanted, isSorted ? page : page.Order());
        Assert.Equal(page, answer.Select(torrent => torrent!["title"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Should_turn_the_pages_of_what_the_index_finds()
    {
        for (var number = 1; number <= 30; number++)
        {
            await Site.PublishAsync(SampleTorrent.Invent($"leaf-{number}", ("", number)), new CatalogDetails { Title = $"Leaf {number}", Description = "Of the foliage." });
        }

        using var client = Site.CreateClient();

        var second = await client.GetStringAsync("torrents?q=foliage&sort=size&dir=asc&pagenum=2");

        Assert.Contains("30 torrents", second, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(26, 5).Select(number => $"Leaf {number}"), ListPage.Titles(second));
    }

    [Fact]
    public async Task Should_follow_what_editors_do()
    {
        var torrent = SampleTorrent.Invent("followed", ("", 1));
        await Site.PublishAsync(torrent, new CatalogDetails { Title = "Followed", Description = "An otter." });
        using var client = Site.CreateClient();
        Assert.Equal(["Followed"], ListPage.Titles(await client.GetStringAsync("torrents?q=otter")));

        await InCatalogAsync(catalog => catalog.UpdateAsync(torrent.TrackerHashes[0], new CatalogDetails { Description = "A heron." }));
        Assert.Empty(ListPage.Titles(await client.GetStringAsync("torrents?q=otter")));
        Assert.Equal(["Followed"], ListPage.Titles(await client.GetStringAsync("torrents?q=heron")));

        await InCatalogAsync(catalog => catalog.UnpublishAsync(torrent.TrackerHashes[0]));
        Assert.Empty(ListPage.Titles(await client.GetStringAsync("torrents?q=heron")));
    }

    [Fact]
    public async Task Should_search_by_its_own_words_and_say_so_in_the_log_while_the_index_fails()
    {
        var index = new MemoryIndex();
        await using var site = await StartAsync(index);
        await site.PublishAsync(SampleTorrent.Invent("kept", ("", 1)), new CatalogDetails { Title = "Kept findable", Description = "Quiet." });
        index.Fault = new TimeoutException("The index is away.");
        using var client = site.CreateClient();

        for (var time = 0; time < 3; time++)
        {
            Assert.Equal(["Kept findable"], ListPage.Titles(await client.GetStringAsync("torrents?q=find")));
        }

        Assert.NotEmpty(index.Asked);
        var line = Assert.Single(site.Log.Lines, line => line.Contains("Torrents cannot be searched by the index Torrents.", StringComparison.Ordinal));
        Assert.Contains("The index is away.", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_search_by_its_own_words_when_the_chosen_index_is_removed_and_ask_for_another()
    {
        var index = new MemoryIndex();
        await using var site = await StartAsync(index);
        await site.PublishAsync(SampleTorrent.Invent("kept", ("", 1)), new CatalogDetails { Title = "Kept findable" });
        await site.InTenantAsync(async services =>
        {
            var profiles = services.GetRequiredService<IIndexProfileManager>();
            await profiles.DeleteAsync((await profiles.FindByNameAsync("Torrents"))!);
        });
        using var client = site.CreateClient();
        using var admin = await site.SignInAsync(TestSite.AdminName);

        Assert.Equal(["Kept findable"], ListPage.Titles(await client.GetStringAsync("torrents?q=find")));
        Assert.Contains(site.Log.Lines, line => line.Contains("There is no index of this name that holds torrents.", StringComparison.Ordinal));
        var form = await PageForm.ReadAsync(admin, Settings);
        Assert.Equal("Torrents", form.Get("SearchIndex"));
        using var refused = await form.SendAsync();
        Assert.Contains("There is no index &#x27;Torrents&#x27; that contains torrents.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var taken = await (await PageForm.ReadAsync(admin, Settings)).Set("SearchIndex", "").SendAsync();
        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
        Assert.DoesNotContain("not there any more", await admin.GetStringAsync(Settings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_offer_only_indexes_that_contain_torrents()
    {
        using var admin = await Site.SignInAsync(TestSite.AdminName);

        var page = await admin.GetStringAsync(Settings);
        using var refused = await (await PageForm.ReadAsync(admin, Settings)).Set("SearchIndex", "Pages").SendAsync();

        Assert.Contains("value=\"Torrents\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"Pages\"", page, StringComparison.Ordinal);
        Assert.Contains("There is no index &#x27;Pages&#x27; that contains torrents.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_search_drafts_by_its_own_words_for_moderators()
    {
        var torrent = SampleTorrent.Invent("waits", ("", 1));
        await Site.PublishAsync(torrent, new CatalogDetails { Title = "Waiting for somebody" });
        await InCatalogAsync(catalog => catalog.UnpublishAsync(torrent.TrackerHashes[0]));
        using var admin = await Site.SignInAsync(TestSite.AdminName);

        Assert.Contains("Waiting for somebody", await admin.GetStringAsync("Admin/Torrents/Index?q=waiti&show=waiting"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_stand_in_what_is_exported()
    {
        var step = await Site.InTenantAsync(async services =>
        {
            var result = new DeploymentPlanResult(null!, new RecipeDescriptor());
            var factory = services.GetServices<IDeploymentStepFactory>().Single(factory => factory.Name.StartsWith("TorrentSettings_", StringComparison.Ordinal));
            foreach (var source in services.GetServices<IDeploymentSource>())
            {
                await source.ProcessDeploymentStepAsync(factory.Create(), result);
            }

            return Assert.Single(result.Steps);
        });
        Assert.Equal("Torrents", step["TorrentSettings"]!["SearchIndex"]!.GetValue<string>());
    }

    private Task InCatalogAsync(Func<ITorrentCatalog, Task> work) => Site.InTenantAsync(services => work(services.GetRequiredService<ITorrentCatalog>()));

    /// <summary>A site with an index of torrents, which was chosen by a recipe.</summary>
    private static async Task<TestSite> StartAsync(MemoryIndex index)
    {
        var site = await TestSite.StartAsync(OptionsOf(index));
        await site.EmptyAsync();
        await PrepareAsync(site);
        return site;
    }

    private static SiteOptions OptionsOf(MemoryIndex index) => new() { ConfigureOrchard = orchard => orchard.ConfigureServices(index.AddTo) };

    private static async Task PrepareAsync(TestSite site)
    {
        await site.RunRecipeAsync($$"""
            { "name": "CreateOrUpdateIndexProfile", "indexes": [ {{Profile("Torrents", "Torrent")}}, {{Profile("Pages", "Page")}} ] },
            { "name": "settings", "TorrentSettings": { "SearchIndex": "Torrents" } }
            """);

        // What the background task of Orchard Core does with a new index.
        await site.InTenantAsync(services => services.GetRequiredService<ContentIndexingService>().ProcessRecordsForAllIndexesAsync());
    }

    private static string Profile(string name, string type) => $$"""
        {
          "Name": "{{name}}", "IndexName": "{{name}}", "ProviderName": "{{MemoryIndex.Provider}}", "Type": "Content",
          "IndexLatest": false, "Culture": "any", "IndexedContentTypes": [ "{{type}}" ]
        }
        """;

    public sealed class Fixture : SiteFixture
    {
        protected override SiteOptions Options { get; } = OptionsOf(new MemoryIndex());

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Site.EmptyAsync();

            // Two before there is an index, so that it is filled with what is there, and one after.
            await Site.PublishAsync(
                SampleTorrent.Invent("recordings", ("side_one/Foghorn_03.flac", 4 << 20), ("side_one/Buoy.flac", 1 << 20)),
                new CatalogDetails { Title = "Harbour recordings", Description = "With *gulls*." });
            await Site.PublishAsync(SampleTorrent.Invent("hushed", ("", 1)), new CatalogDetails { Title = "Hushed", IsListed = false });
            await PrepareAsync(Site);
            await Site.PublishAsync(SampleTorrent.Invent("trains", ("", 20 << 20)), new CatalogDetails { Title = "Station recordings" });
        }
    }
}
