using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Tracker;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>
/// The JSON API. Orchard Core's own OpenID Connect server is no package here: tokens are those of <see cref="TestTokens"/>,
/// under the scheme that the server would have.
/// </summary>
public sealed class ApiTests(ApiTests.Fixture fixture) : IClassFixture<ApiTests.Fixture>
{
    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_list_search_and_page_with_cursors()
    {
        for (var number = 1; number <= 5; number++)
        {
            await Site.PublishTorrentAsync($"Paged letter {number}", "letters/a.txt");
        }

        using var client = Site.CreateClient();
        List<string> titles = [];
        string? next = null;
        do
        {
            var page = (await client.GetFromJsonAsync<JsonNode>($"api/torrents?q=paged&sort=name&take=2{(next is null ? null : "&after=" + next)}"))!;
            titles.AddRange(page["torrents"]!.AsArray().Select(torrent => torrent!["title"]!.GetValue<string>()));
            next = page["next"]?.GetValue<string>();
        }
        while (next is not null);

        Assert.Equal(Enumerable.Range(1, 5).Select(number => $"Paged letter {number}"), titles);
    }

    [Fact]
    public async Task Should_tell_everything_of_one_torrent()
    {
        var torrent = await Site.PublishTorrentAsync("Described", "folder/one.txt", "folder/two.txt");
        using var client = Site.CreateClient();
        var hash = torrent.TrackerHashes[0].ToString();
        await client.AnnounceAsync(torrent.TrackerHashes[0].Announced(), 1001, left: 0);

        var details = (await client.GetFromJsonAsync<JsonNode>($"api/torrents/{hash}"))!;
        Assert.Equal("Described", details["torrent"]!["title"]!.GetValue<string>());
        Assert.Equal(1, details["torrent"]!["seeders"]!.GetValue<int>());
        Assert.Equal(torrent.TotalLength, details["torrent"]!["size"]!.GetValue<long>());
        Assert.True(MagnetLink.TryParse(details["magnet"]!.GetValue<string>(), out var magnet, out _));
        Assert.Equal(hash, magnet.InfoHashV1.ToString());
        Assert.Equal(torrent.TrackerHashes, Metainfo.Parse(await client.GetByteArrayAsync(details["torrent"]!["torrentUrl"]!.GetValue<string>())).TrackerHashes);
        using (var page = await client.GetAsync(details["torrent"]!["pageUrl"]!.GetValue<string>()))
        {
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }

        var files = (await client.GetFromJsonAsync<JsonNode>($"api/torrents/{hash}/files?take=1&after=1"))!;
        Assert.Equal("folder/two.txt", files["files"]![0]!["path"]!.GetValue<string>());
        Assert.Equal(2, files["count"]!.GetValue<int>());
        var counts = (await client.GetFromJsonAsync<JsonArray>($"api/torrents/counts?h={hash},{new string('0', 40)}"))!;
        Assert.Equal(1, Assert.Single(counts)!["seeders"]!.GetValue<int>());
        var statistics = (await client.GetFromJsonAsync<JsonNode>("api/torrents/statistics"))!;
        Assert.True(statistics["totals"]!["torrents"]!.GetValue<int>() > 0);
    }

    [Theory]
    [InlineData("api/torrents?take=0", HttpStatusCode.BadRequest)]
    [InlineData("api/torrents?take=many", HttpStatusCode.BadRequest)]
    [InlineData("api/torrents?after=nonsense", HttpStatusCode.BadRequest)]
    [InlineData("api/torrents/counts?h=xyz", HttpStatusCode.BadRequest)]
    [InlineData("api/torrents/xyz", HttpStatusCode.NotFound)]
    [InlineData("api/torrents/0000000000000000000000000000000000000000", HttpStatusCode.NotFound)]
    [InlineData("api/torrents/0000000000000000000000000000000000000000/files", HttpStatusCode.NotFound)]
    public async Task Should_say_what_is_wrong_as_problem_details(string path, HttpStatusCode status)
    {
        using var client = Site.CreateClient();
        using var response = await client.GetAsync(path);

        await AssertProblemAsync(status, response);
    }

    [Fact]
    public async Task Should_upload_edit_and_delete_with_a_token()
    {
        var torrent = await SampleTorrent.CreateAsync("By the API");
        using var author = TokenClient(Fixture.Author);

        using var created = await author.PostAsync("api/torrents", Form(torrent.Bytes.ToArray(), ("title", "By the API"), ("description", "*Text*")));
        Assert.True(created.StatusCode == HttpStatusCode.Created, await created.Content.ReadAsStringAsync());
        var path = created.Headers.Location!;
        var saved = (await created.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.True(saved["isPublished"]!.GetValue<bool>());

        using var again = await author.PostAsync("api/torrents", Form(torrent.Bytes.ToArray()));
        var problem = await AssertProblemAsync(HttpStatusCode.Conflict, again);
        Assert.Equal(torrent.TrackerHashes[0].ToString(), problem["infoHash"]!.GetValue<string>());

        using var edited = await author.PatchAsync(path, JsonContent.Create(new
        {
            title = "Named anew",
            trackers = new[] { new[] { "https://other.example.org/announce" } },
            webSeeds = new[] { "https://seed.example.org/x" },
        }));
        Assert.True(edited.StatusCode == HttpStatusCode.OK, await edited.Content.ReadAsStringAsync());
        using var visitor = Site.CreateClient();
        var details = (await visitor.GetFromJsonAsync<JsonNode>(path))!;
        Assert.Equal("Named anew", details["torrent"]!["title"]!.GetValue<string>());
        Assert.Equal("*Text*", details["description"]!.GetValue<string>());
        Assert.Equal(Fixture.Author, details["uploader"]!.GetValue<string>());
        var served = Metainfo.Parse(await visitor.GetByteArrayAsync($"torrents/{torrent.TrackerHashes[0]}.torrent"));
        Assert.Equal(torrent.TrackerHashes, served.TrackerHashes);
        Assert.Equal([$"{Site.Url}announce", "https://other.example.org/announce"], served.AnnounceTiers.SelectMany(tier => tier));
        Assert.Equal(["https://seed.example.org/x"], served.WebSeeds);

        using var removed = await author.DeleteAsync(path);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        using var gone = await visitor.GetAsync(path);
        await AssertProblemAsync(HttpStatusCode.NotFound, gone);
    }

    [Fact]
    public async Task Should_let_a_moderator_decide_by_the_api()
    {
        var torrent = await SampleTorrent.CreateAsync("Decided by the API");
        using var contributor = TokenClient(Fixture.Contributor);
        using var moderator = TokenClient(Fixture.Moderator);
        using var visitor = Site.CreateClient();
        var path = $"api/torrents/{torrent.TrackerHashes[0]}";
        using (var created = await contributor.PostAsync("api/torrents", Form(torrent.Bytes.ToArray())))
        {
            Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        }

        using (var hidden = await visitor.GetAsync(path))
        {
            await AssertProblemAsync(HttpStatusCode.NotFound, hidden);
        }

        Assert.False((await contributor.GetFromJsonAsync<JsonNode>(path))!["torrent"]!["isPublished"]!.GetValue<bool>());
        await DecideAsync(contributor, path, new { action = "publish" }, HttpStatusCode.Forbidden);
        await DecideAsync(moderator, path, new { action = "publish" }, HttpStatusCode.NoContent);
        Assert.True((await visitor.GetFromJsonAsync<JsonNode>(path))!["torrent"]!["isPublished"]!.GetValue<bool>());
        await DecideAsync(moderator, path, new { action = "freeLeech" }, HttpStatusCode.NoContent);
        Assert.True((await visitor.GetFromJsonAsync<JsonNode>(path))!["torrent"]!["isFreeLeech"]!.GetValue<bool>());
        await DecideAsync(moderator, path, new { action = "takeDown" }, HttpStatusCode.BadRequest);
        await DecideAsync(moderator, path, new { action = "explode" }, HttpStatusCode.BadRequest);
        await DecideAsync(moderator, path, new { action = "takeDown", reason = "Not ours" }, HttpStatusCode.NoContent);
        using var again = await contributor.PostAsync("api/torrents", Form(torrent.Bytes.ToArray()));
        var problem = await AssertProblemAsync(HttpStatusCode.UnprocessableContent, again);
        Assert.Contains("Not ours", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_list_what_waits_to_moderators_and_what_is_his_own_to_everybody()
    {
        var torrent = await SampleTorrent.CreateAsync("Shown to some");
        using var contributor = TokenClient(Fixture.Contributor);
        using var author = TokenClient(Fixture.Author);
        using var moderator = TokenClient(Fixture.Moderator);
        using var visitor = Site.CreateClient();
        using (var created = await contributor.PostAsync("api/torrents", Form(torrent.Bytes.ToArray())))
        {
            Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        }

        Assert.Equal(["Shown to some"], await TitlesAsync(moderator, "waiting"));
        Assert.Equal(["Shown to some"], await TitlesAsync(contributor, "mine"));
        Assert.Empty(await TitlesAsync(author, "mine"));
        Assert.Empty(await TitlesAsync(visitor, ""));
        await DecideAsync(moderator, $"api/torrents/{torrent.TrackerHashes[0]}", new { action = "publish" }, HttpStatusCode.NoContent);
        Assert.Empty(await TitlesAsync(moderator, "waiting"));
        Assert.Equal(["Shown to some"], await TitlesAsync(contributor, "mine"));
        foreach (var (client, show, status) in new[]
        {
            (contributor, "waiting", HttpStatusCode.Forbidden), (visitor, "waiting", HttpStatusCode.Unauthorized), (visitor, "mine", HttpStatusCode.Unauthorized), (moderator, "all", HttpStatusCode.BadRequest),
        })
        {
            using var refused = await client.GetAsync($"api/torrents?show={show}");
            await AssertProblemAsync(status, refused);
        }

        static async Task<IEnumerable<string>> TitlesAsync(HttpClient client, string show) =>
            (await client.GetFromJsonAsync<JsonNode>($"api/torrents?q=shown+to+some&show={show}"))!["torrents"]!.AsArray().Select(found => found!["title"]!.GetValue<string>());
    }

    [Fact]
    public async Task Should_give_editors_whole_addresses_and_take_no_masked_ones_back()
    {
        const string Tracker = "https://members.example.org/0123456789abcdef0123/announce";
        var torrent = await SampleTorrent.CreateAsync("Read and written back");
        await Site.PublishAsync(torrent, new CatalogDetails { OwnerId = fixture.AuthorId });
        var path = $"api/torrents/{torrent.TrackerHashes[0]}";
        using var author = TokenClient(Fixture.Author);
        using var contributor = TokenClient(Fixture.Contributor);
        using var visitor = Site.CreateClient();
        using (var edited = await author.PatchAsync(path, JsonContent.Create(new { trackers = new[] { new[] { Tracker } }, webSeeds = new[] { "https://seed.example.org/x" } })))
        {
            Assert.True(edited.StatusCode == HttpStatusCode.OK, await edited.Content.ReadAsStringAsync());
        }

        var known = (await author.GetFromJsonAsync<JsonNode>(path))!;
        Assert.Equal($"""[["{Tracker}"]]""", known["editableTrackers"]!.ToJsonString());
        Assert.Equal("""["https://seed.example.org/x"]""", known["editableWebSeeds"]!.ToJsonString());
        foreach (var client in new[] { contributor, visitor })
        {
            var told = (await client.GetFromJsonAsync<JsonNode>(path))!;
            Assert.Null(told["editableTrackers"]);
            Assert.Null(told["editableWebSeeds"]);
            Assert.DoesNotContain("0123456789abcdef0123", told["trackers"]!.ToJsonString(), StringComparison.Ordinal);
        }

        foreach (var masked in new[] { "https://members.example.org/…/announce", "https://members.example.org/%e2%80%a6/announce" })
        {
            using var refused = await author.PatchAsync(path, JsonContent.Create(new { trackers = new[] { new[] { masked } } }));
            await AssertProblemAsync(HttpStatusCode.UnprocessableContent, refused);
        }

        using (var edited = await author.PatchAsync(path, JsonContent.Create(new { trackers = known["editableTrackers"], webSeeds = known["editableWebSeeds"] })))
        {
            Assert.True(edited.StatusCode == HttpStatusCode.OK, await edited.Content.ReadAsStringAsync());
        }

        var served = Metainfo.Parse(await visitor.GetByteArrayAsync($"torrents/{torrent.TrackerHashes[0]}.torrent"));
        Assert.Equal([$"{Site.Url}announce", Tracker], served.AnnounceTiers.SelectMany(tier => tier));
    }

    [Fact]
    public async Task Should_let_nobody_change_what_is_not_his()
    {
        var torrent = await SampleTorrent.CreateAsync("Somebody else's");
        await Site.PublishAsync(torrent, new CatalogDetails { OwnerId = "somebody-else" });
        var path = $"api/torrents/{torrent.TrackerHashes[0]}";
        using var author = TokenClient(Fixture.Author);
        using var cookies = await Site.SignInAsync(TestSite.AdminName);

        using (var edited = await author.PatchAsync(path, JsonContent.Create(new { title = "Mine" })))
        {
            await AssertProblemAsync(HttpStatusCode.Forbidden, edited);
        }

        using (var removed = await author.DeleteAsync(path))
        {
            await AssertProblemAsync(HttpStatusCode.Forbidden, removed);
        }

        // A session is no token: a page of another site could make the browser send it.
        using var forged = await cookies.DeleteAsync(path);
        await AssertProblemAsync(HttpStatusCode.Unauthorized, forged);
    }

    [Fact]
    public async Task Should_let_an_application_keep_its_torrents_and_take_nothing_that_is_nobodys()
    {
        var torrent = await SampleTorrent.CreateAsync("By an application");
        var path = $"api/torrents/{torrent.TrackerHashes[0]}";
        using var uploader = Client(TestTokens.ForApplication("uploader", "Author"));
        using var other = Client(TestTokens.ForApplication("other", "Author"));
        using (var created = await uploader.PostAsync("api/torrents", Form(torrent.Bytes.ToArray())))
        {
            Assert.True(created.StatusCode == HttpStatusCode.Created, await created.Content.ReadAsStringAsync());
            Assert.True((await created.Content.ReadFromJsonAsync<JsonNode>())!["isPublished"]!.GetValue<bool>());
        }

        var owned = await OwnerAfterUnpublishingAsync(torrent);
        Assert.Equal("uploader", owned);
        await AssertStatusAsync(HttpStatusCode.OK, uploader, path);
        await AssertStatusAsync(HttpStatusCode.NotFound, other, path);
        using (var edited = await uploader.PatchAsync(path, JsonContent.Create(new { title = "Named by an application" })))
        {
            Assert.True(edited.StatusCode == HttpStatusCode.OK, await edited.Content.ReadAsStringAsync());
        }

        using (var edited = await other.PatchAsync(path, JsonContent.Create(new { title = "Mine" })))
        {
            await AssertProblemAsync(HttpStatusCode.Forbidden, edited);
        }

        var nobodys = await Site.PublishTorrentAsync("Nobody's");
        Assert.Null(await OwnerAfterUnpublishingAsync(nobodys));
        await AssertStatusAsync(HttpStatusCode.NotFound, uploader, $"api/torrents/{nobodys.TrackerHashes[0]}");
        using (var edited = await uploader.PatchAsync($"api/torrents/{nobodys.TrackerHashes[0]}", JsonContent.Create(new { title = "Mine" })))
        {
            await AssertProblemAsync(HttpStatusCode.Forbidden, edited);
        }

        using var editor = Client(TestTokens.ForApplication("editor", "Editor"));
        await AssertStatusAsync(HttpStatusCode.OK, editor, $"api/torrents/{nobodys.TrackerHashes[0]}");
    }

    [Theory]
    [InlineData("{\"title\":\"x\",\"owner\":\"me\"}", HttpStatusCode.BadRequest)]
    [InlineData("{\"isFreeLeech\":true}", HttpStatusCode.BadRequest)]
    [InlineData("{\"title\":", HttpStatusCode.BadRequest)]
    [InlineData("null", HttpStatusCode.BadRequest)]
    [InlineData("{\"trackers\":[[\"nonsense\"]]}", HttpStatusCode.UnprocessableContent)]
    [InlineData("{\"trackers\":[null]}", HttpStatusCode.BadRequest)]
    [InlineData("{\"webSeeds\":[null]}", HttpStatusCode.BadRequest)]
    [InlineData("{\"terms\":{\"tags\":null}}", HttpStatusCode.BadRequest)]
    [InlineData("{\"webSeeds\":[\"http://192.168.1.1/x\"]}", HttpStatusCode.UnprocessableContent)]
    public async Task Should_take_no_more_of_an_edit_than_there_is(string body, HttpStatusCode status)
    {
        var torrent = await SampleTorrent.CreateAsync("Edited badly");
        await Site.PublishAsync(torrent, new CatalogDetails { OwnerId = fixture.AuthorId });
        using var author = TokenClient(Fixture.Author);

        using var response = await author.PatchAsync($"api/torrents/{torrent.TrackerHashes[0]}", new StringContent(body, new MediaTypeHeaderValue("application/json")));

        await AssertProblemAsync(status, response);
    }

    [Fact]
    public async Task Should_refuse_what_is_no_torrent()
    {
        using var author = TokenClient(Fixture.Author);
        using (var text = await author.PostAsync("api/torrents", Form("just text"u8.ToArray())))
        {
            await AssertProblemAsync(HttpStatusCode.UnprocessableContent, text);
        }

        using (var json = await author.PostAsync("api/torrents", JsonContent.Create(new { file = "x" })))
        {
            await AssertProblemAsync(HttpStatusCode.BadRequest, json);
        }

        using var broken = await author.PostAsync("api/torrents", new StringContent("--x", new MediaTypeHeaderValue("multipart/form-data") { Parameters = { new("boundary", "x") } }));
        await AssertProblemAsync(HttpStatusCode.BadRequest, broken);
    }

    [Fact]
    public async Task Should_describe_itself_with_openapi()
    {
        using var client = Site.CreateClient();

        var document = (await client.GetFromJsonAsync<JsonNode>("api/torrents/openapi.json"))!;

        var paths = document["paths"]!.AsObject().Select(path => path.Key).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(
            ["/api/torrents", "/api/torrents/counts", "/api/torrents/statistics", "/api/torrents/taxonomies", "/api/torrents/{infoHash}", "/api/torrents/{infoHash}/files", "/api/torrents/{infoHash}/moderation"],
            paths.Select(path => path.TrimEnd('/')));
        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).ToList();
        Assert.Equal(10, operations.Count);
        Assert.All(operations, operation => Assert.NotNull(operation.Value!["summary"]));
        Assert.NotNull(document["components"]!["schemas"]!["ApiTorrent"]!["properties"]!["infoHash"]!["description"]);
    }

    [Fact]
    public async Task Should_serve_a_front_end_of_somebody_elses()
    {
        var torrent = await Site.PublishTorrentAsync("Seen elsewhere", "one.txt", "two.txt");
        await using var elsewhere = await StaticServer.StartAsync("docs/front-end.html");
        await Site.RunRecipeAsync(AllowOrigin(elsewhere.Origin));
        var page = await Site.OpenAsync();
        List<string> errors = [];
        page.PageError += (_, error) => errors.Add(error);

        await page.GotoAsync($"{elsewhere.Origin}/?site={Uri.EscapeDataString(Site.Url.ToString())}");
        await page.FillAsync("#q", "seen elsewhere");
        await page.ClickAsync("#search button");
        await page.ClickAsync("button:has-text('Seen elsewhere')");

        await Assertions.Expect(page.Locator("#details")).ToContainTextAsync(torrent.TrackerHashes[0].ToString());
        await Assertions.Expect(page.Locator("#files li")).ToHaveCountAsync(2);

        await page.FillAsync("#token", TestTokens.For(Fixture.Author));
        await page.SetInputFilesAsync("#file", new FilePayload
        {
            Name = "x.torrent",
            MimeType = "application/x-bittorrent",
            Buffer = (await SampleTorrent.CreateAsync("From elsewhere")).Bytes.ToArray(),
        });
        await page.ClickAsync("#upload button");
        await Assertions.Expect(page.Locator("#uploaded")).ToContainTextAsync("From elsewhere");
        Assert.Empty(errors);
    }

    /// <summary>The recipe step that lets pages of another origin call the site.</summary>
    internal static string AllowOrigin(string origin) => $$"""
        {
          "name": "settings",
          "CorsSettings": {
            "Policies": [
              { "Name": "front-end", "IsDefaultPolicy": true, "AllowedOrigins": [{{JsonSerializer.Serialize(origin)}}], "AllowAnyHeader": true, "AllowAnyMethod": true, "AllowedHeaders": [], "AllowedMethods": [], "ExposedHeaders": [] }
            ]
          }
        }
        """;

    private static async Task DecideAsync(HttpClient client, string path, object decision, HttpStatusCode expected)
    {
        using var response = await client.PostAsJsonAsync(path + "/moderation", decision);
        Assert.True(response.StatusCode == expected, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }

    private static async Task<JsonNode> AssertProblemAsync(HttpStatusCode expected, HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{response.StatusCode}: {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = JsonNode.Parse(body)!;
        Assert.NotEmpty(problem["detail"]!.GetValue<string>());
        return problem;
    }

    private static MultipartFormDataContent Form(byte[] torrent, params IEnumerable<(string Name, string Value)> fields)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(torrent), "file", "x.torrent" } };
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        return form;
    }

    private static async Task AssertStatusAsync(HttpStatusCode expected, HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        Assert.Equal(expected, response.StatusCode);
    }

    private Task<string?> OwnerAfterUnpublishingAsync(Metainfo torrent) => Site.InTenantAsync(async services =>
    {
        Assert.True(await services.GetRequiredService<ITorrentCatalog>().UnpublishAsync(torrent.TrackerHashes[0]));
        var versions = await services.GetRequiredService<OrchardTracker.Torrents.Services.TorrentItems>().FindVersionsAsync(torrent.TrackerHashes[0]);
        return (string?)Assert.Single(versions).Owner;
    });

    private HttpClient TokenClient(string user) => Client(TestTokens.For(user));

    private HttpClient Client(string token)
    {
        var client = Site.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public sealed class Fixture : SiteFixture
    {
        public const string Author = "api-author";
        public const string Contributor = "api-contributor";
        public const string Moderator = "api-moderator";

        public string AuthorId { get; private set; } = "";

        protected override SiteOptions Options => new() { ConfigureOrchard = TestTokens.AddTo };

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Site.EmptyAsync();
            AuthorId = await Site.AddUserAsync(Author, "Author");
            await Site.AddUserAsync(Contributor, "Contributor");
            await Site.AddUserAsync(Moderator, "Moderator");
            await Site.EnableFeaturesAsync("OrchardCore.Cors");
        }
    }
}
