using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement;
using OrchardCore.Users;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Media;
using OrchardTracker.Site.Tests.Tracker;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>Where a moderator looks at everything, nothing gets past him: not by Orchard Core's content API, and not by code that runs for a user.</summary>
public sealed class ContentApiModerationTests(ContentApiModerationTests.Fixture fixture) : IClassFixture<ContentApiModerationTests.Fixture>
{
    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_publish_nothing_that_waits_for_a_moderator()
    {
        var torrent = await SampleTorrent.CreateAsync("Waits behind the API");
        var id = await SaveDraftAsync(torrent);

        var item = await PostAsync(Fixture.Author, id, "Not past the moderator");

        Assert.False(item["Published"]!.GetValue<bool>());
        Assert.False((await FindAsync(torrent))!.IsPublished);
        using var visitor = Site.CreateClient();
        await visitor.AnnounceRefusedAsync(Announcer.Path(torrent.TrackerHashes[0].Announced(), 1001));

        item = await PostAsync(TestSite.AdminName, id, "Looked at by the moderator");

        Assert.True(item["Published"]!.GetValue<bool>());
        Assert.Equal((true, "Looked at by the moderator"), ((await FindAsync(torrent))!.IsPublished, (await FindAsync(torrent))!.Title));
        await visitor.AnnounceAsync(torrent.TrackerHashes[0].Announced(), 1001);
    }

    [Fact]
    public async Task Should_keep_what_is_published_while_a_change_waits()
    {
        var torrent = await SampleTorrent.CreateAsync("As it was published");
        var id = await SaveDraftAsync(torrent);
        await PostAsync(TestSite.AdminName, id, "As it was published");

        await PostAsync(Fixture.Author, id, "As nobody has looked at it");

        using var visitor = Site.CreateClient();
        Assert.Contains("As it was published", await visitor.GetStringAsync("torrents"), StringComparison.Ordinal);
        Assert.DoesNotContain("As nobody has looked at it", await visitor.GetStringAsync("torrents"), StringComparison.Ordinal);
        Assert.Equal("As nobody has looked at it", (await Site.PartOfAsync(torrent)).ContentItem.DisplayText);
    }

    [Fact]
    public async Task Should_create_nothing_by_the_content_api_of_who_may_not_publish()
    {
        using var client = ClientOf(Fixture.Author);

        using var refused = await client.PostAsync("api/content", Json(new { ContentType = "Torrent", TitlePart = new { Title = "New" } }));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task Should_hold_back_code_that_runs_for_a_user_and_none_of_the_background()
    {
        var torrent = await SampleTorrent.CreateAsync("Published by code");
        var id = await SaveDraftAsync(torrent);

        Assert.False(await Site.InTenantAsync(async services =>
        {
            services.GetRequiredService<IHttpContextAccessor>().HttpContext!.User = await PrincipalAsync(services, Fixture.Author);
            return await PublishAsync(services, id);
        }));
        Assert.False(await Site.InTenantAsync(services => PublishAsync(services, id)));
        Assert.False((await FindAsync(torrent))!.IsPublished);

        await Site.InBackgroundAsync(async services => Assert.True(await PublishAsync(services, id)));
        Assert.True((await FindAsync(torrent))!.IsPublished);
    }

    [Fact]
    public async Task Should_leave_other_modules_their_decisions_in_the_request_of_a_user()
    {
        var torrent = await SampleTorrent.CreateAsync("Published by a module");

        await Site.InTenantAsync(async services =>
        {
            services.GetRequiredService<IHttpContextAccessor>().HttpContext!.User = await PrincipalAsync(services, Fixture.Author);
            Assert.NotNull(await services.GetRequiredService<ITorrentCatalog>().PublishAsync(torrent, new CatalogDetails()));
        });

        Assert.True((await FindAsync(torrent))!.IsPublished);
    }

    /// <summary>In the case that content items have.</summary>
    private static JsonContent Json(object value) => JsonContent.Create(value, options: JsonSerializerOptions.Default);

    private static async Task<ClaimsPrincipal> PrincipalAsync(IServiceProvider services, string name) =>
        await services.GetRequiredService<IUserClaimsPrincipalFactory<IUser>>().CreateAsync((await services.GetRequiredService<UserManager<IUser>>().FindByNameAsync(name))!);

    private static async Task<bool> PublishAsync(IServiceProvider services, string id)
    {
        var contents = services.GetRequiredService<IContentManager>();
        return await contents.PublishAsync((await contents.GetAsync(id, VersionOptions.Latest))!);
    }

    private HttpClient ClientOf(string user)
    {
        var client = Site.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestTokens.For(user));
        return client;
    }

    /// <summary>Uploads a torrent as its author.</summary>
    /// <returns>The id of the content item.</returns>
    private async Task<string> SaveDraftAsync(Metainfo torrent)
    {
        using var author = ClientOf(Fixture.Author);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(torrent.Bytes.ToArray()), "file", "x.torrent" } };
        using var created = await author.PostAsync("api/torrents", form);
        Assert.True(created.StatusCode == HttpStatusCode.Created, await created.Content.ReadAsStringAsync());
        var waiting = (await FindAsync(torrent))!;
        Assert.False(waiting.IsPublished);
        return waiting.ContentItemId;
    }

    /// <summary>Changes the title by Orchard Core's content API, which publishes what it changes.</summary>
    private async Task<JsonNode> PostAsync(string user, string id, string title)
    {
        using var client = ClientOf(user);
        using var posted = await client.PostAsync("api/content", Json(new { ContentItemId = id, ContentType = "Torrent", DisplayText = title, Owner = fixture.AuthorId, TitlePart = new { Title = title } }));
        Assert.True(posted.StatusCode == HttpStatusCode.OK, await posted.Content.ReadAsStringAsync());
        return (await posted.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private Task<CatalogTorrent?> FindAsync(Metainfo torrent) =>
        Site.InTenantAsync(services => services.GetRequiredService<ITorrentCatalog>().FindAsync(torrent.TrackerHashes[0]));

    public sealed class Fixture : SiteFixture
    {
        public const string Author = "api-author";

        public string AuthorId { get; private set; } = "";

        protected override SiteOptions Options => new() { ConfigureOrchard = TestTokens.AddTo };

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Site.EmptyAsync();
            AuthorId = await Site.AddUserAsync(Author, "Author");
            await Site.GrantAsync("Author", "AccessContentApi");
            await Site.SetTorrentsAsync(settings => settings.ModeratesAll = true);
        }
    }
}
