using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Torrents.Services;
using OrchardTracker.Torrents.Uploading;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>Torrents in the categories and with the tags that the site is set up with.</summary>
public sealed class TaxonomyTests(TaxonomyTests.Fixture fixture) : IClassFixture<TaxonomyTests.Fixture>
{
    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_filter_by_category_and_by_tag()
    {
        await FileAsync(await Site.PublishTorrentAsync("Filed song"), "Music", "Public domain", "Creative Commons");
        await FileAsync(await Site.PublishTorrentAsync("Filed other song"), "Music");
        await FileAsync(await Site.PublishTorrentAsync("Filed film"), "Video", "Public domain");
        using var client = Site.CreateClient();

        Assert.Equal(["Filed other song", "Filed song"], await TitlesAsync(client, "q=filed&category=Music"));
        Assert.Equal(["Filed film", "Filed song"], await TitlesAsync(client, "q=filed&tags=Public+domain"));
        Assert.Equal(["Filed song"], await TitlesAsync(client, "q=filed&category=Music&tags=public+domain"));
        var page = await client.GetStringAsync("torrents?category=Video");
        Assert.Contains("Filed film", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Filed song", page, StringComparison.Ordinal);
        Assert.Contains("""<option value="Video" selected""", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_move_nothing_by_a_draft()
    {
        var torrent = await Site.PublishTorrentAsync("Moved by a draft");
        await FileAsync(torrent, "Software");
        await FileAsync(torrent, "Pictures", isDraft: true);
        using var client = Site.CreateClient();

        Assert.Equal(["Moved by a draft"], await TitlesAsync(client, "q=moved&category=Software"));
        Assert.Empty(await TitlesAsync(client, "q=moved&category=Pictures"));
    }

    [Fact]
    public async Task Should_take_terms_with_an_upload_and_tell_them_by_the_api()
    {
        var torrent = await SampleTorrent.CreateAsync("Uploaded with terms");
        using var author = Site.CreateClient();
        author.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestTokens.For(Fixture.Author));
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(torrent.Bytes.ToArray()), "file", "x.torrent" },
            { new StringContent("Documents"), "category" },
            { new StringContent("Free software, Public domain, Of nobody's"), "tags" },
        };

        using var created = await author.PostAsync("api/torrents", form);

        Assert.True(created.StatusCode == HttpStatusCode.Created, await created.Content.ReadAsStringAsync());
        using var visitor = Site.CreateClient();
        var details = (await visitor.GetFromJsonAsync<JsonNode>(created.Headers.Location))!;
        Assert.Equal("""{"category":["Documents"],"tags":["Free software","Public domain"]}""", details["torrent"]!["terms"]!.ToJsonString());
        var taxonomies = (await visitor.GetFromJsonAsync<JsonArray>("api/torrents/taxonomies"))!;
        Assert.Equal(["category", "tags"], taxonomies.Select(taxonomy => taxonomy!["key"]!.GetValue<string>()));
        var page = await visitor.GetStringAsync("torrent/uploaded-with-terms");
        Assert.All(["Documents", "Free software", "Public domain"], term => Assert.Contains(term, page, StringComparison.Ordinal));

        using var edited = await author.PatchAsync(created.Headers.Location, JsonContent.Create(new { terms = new { category = new[] { "Software" }, tags = Array.Empty<string>() } }));
        Assert.True(edited.StatusCode == HttpStatusCode.OK, await edited.Content.ReadAsStringAsync());
        details = (await visitor.GetFromJsonAsync<JsonNode>(created.Headers.Location))!;
        Assert.Equal("""{"category":["Software"],"tags":[]}""", details["torrent"]!["terms"]!.ToJsonString());
    }

    [Fact]
    public async Task Should_have_a_feed_for_each_category()
    {
        await FileAsync(await Site.PublishTorrentAsync("Fed picture"), "Pictures");
        await FileAsync(await Site.PublishTorrentAsync("Fed film"), "Video");
        using var client = Site.CreateClient();

        var feed = await client.GetStringAsync("torrents/feed.rss?q=fed&category=Pictures");

        Assert.Contains("Fed picture", feed, StringComparison.Ordinal);
        Assert.DoesNotContain("Fed film", feed, StringComparison.Ordinal);
        Assert.Contains("category=Pictures", await client.GetStringAsync("torrents?category=Pictures"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_let_a_site_builder_have_shapes_of_his_own()
    {
        await FileAsync(await Site.PublishTorrentAsync("Shaped"), "Music");
        await Site.RunRecipeAsync($$"""
            { "name": "Templates", "Templates": {
                {{Template("TorrentFilters__Category__Music")}}, {{Template("TorrentStatistics__Page")}}, {{Template("TorrentUploadForm__Page")}}
            } }
            """);
        using var admin = await Site.SignInAsync(TestSite.AdminName);

        foreach (var (path, shape) in new[]
        {
            ("torrents?category=Music", "TorrentFilters__Category__Music"), ("torrents/statistics", "TorrentStatistics__Page"), ("torrents/upload", "TorrentUploadForm__Page"),
        })
        {
            Assert.Contains($"My {shape}", await admin.GetStringAsync(path), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("My TorrentFilters", await admin.GetStringAsync("torrents?category=Video"), StringComparison.Ordinal);

        static string Template(string shape) => $$"""
            "{{shape}}": { "Description": "", "Content": "<p>My {{shape}}</p>" }
            """;
    }

    /// <summary>Files a torrent as its editor would.</summary>
    private Task FileAsync(Metainfo torrent, string category, params string[] tags) => FileAsync(torrent, category, isDraft: false, tags);

    private Task FileAsync(Metainfo torrent, string category, bool isDraft, params string[] tags) => Site.InTenantAsync(async services =>
    {
        var manager = services.GetRequiredService<IContentManager>();
        var versions = await services.GetRequiredService<TorrentItems>().FindVersionsAsync(torrent.TrackerHashes[0]);
        var item = await manager.GetAsync(versions[0].ContentItemId, VersionOptions.DraftRequired);
        await services.GetRequiredService<TorrentUploader>().ApplyAsync(
            item, new UploadDetails { Terms = new Dictionary<string, IReadOnlyList<string>> { ["category"] = [category], ["tags"] = tags } });
        await manager.UpdateAsync(item);
        await (isDraft ? manager.SaveDraftAsync(item) : manager.PublishAsync(item));
    });

    private static async Task<IEnumerable<string>> TitlesAsync(HttpClient client, string query) =>
        (await client.GetFromJsonAsync<JsonNode>($"api/torrents?sort=name&{query}"))!["torrents"]!.AsArray().Select(torrent => torrent!["title"]!.GetValue<string>());

    public sealed class Fixture : SiteFixture
    {
        public const string Author = "filing-author";

        protected override SiteOptions Options => new() { ConfigureOrchard = TestTokens.AddTo };

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Site.EmptyAsync();
            await Site.AddUserAsync(Author, "Author");
            await Site.EnableFeaturesAsync("OrchardCore.Templates");
        }
    }
}
