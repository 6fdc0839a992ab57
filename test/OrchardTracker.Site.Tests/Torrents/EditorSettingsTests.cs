using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Torrents.Settings;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>The content editor takes torrents by the same settings as an upload.</summary>
public sealed class EditorSettingsTests(EditorSettingsTests.Fixture fixture) : IClassFixture<EditorSettingsTests.Fixture>, IAsyncLifetime
{
    private const string Create = "Admin/Contents/ContentTypes/Torrent/Create";
    private const string Publish = "submit.Publish";
    private const string Save = "submit.Save";

    private TestSite Site => fixture.Site;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await Site.SetTorrentsAsync(settings =>
    {
        var usual = new TorrentSettings();
        (settings.MaxKiB, settings.MaxFiles, settings.PrivateFlag, settings.ForeignTrackers, settings.ModeratesAll)
            = (usual.MaxKiB, usual.MaxFiles, usual.PrivateFlag, usual.ForeignTrackers, usual.ModeratesAll);
    });

    [Theory]
    [InlineData("length", "are allowed")]
    [InlineData("files", "has more than 1 files")]
    [InlineData("flag", "The torrent is not private. Make it anew with the private flag set.")]
    public async Task Should_say_beside_the_field_what_the_settings_do_not_allow(string kind, string message)
    {
        await Site.SetTorrentsAsync(settings =>
        {
            settings.MaxKiB = kind == "length" ? 1 : settings.MaxKiB;
            settings.MaxFiles = kind == "files" ? 1 : settings.MaxFiles;
            settings.PrivateFlag = kind == "flag" ? PrivatePolicy.Demand : settings.PrivateFlag;
        });
        var torrent = await SampleTorrent.CreateAsync($"Not by the editor, {kind}", new TorrentOptions { Comment = new string('x', 1_100) }, "one.txt", "two.txt");
        using var author = await Site.SignInAsync(Fixture.Author);

        using var response = await PostAsync(author, torrent, Publish);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(message, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Null(await FindAsync(torrent));
    }

    [Fact]
    public async Task Should_set_the_private_flag_and_say_so()
    {
        await Site.SetTorrentsAsync(settings => settings.PrivateFlag = PrivatePolicy.Set);
        var torrent = await SampleTorrent.CreateAsync("Made private in the editor");
        using var author = await Site.SignInAsync(Fixture.Author);

        using var response = await PostAsync(author, torrent, Publish);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Null(await FindAsync(torrent));
        var page = WebUtility.HtmlDecode(await author.GetStringAsync(response.Headers.Location!));
        Assert.Contains($"That changes the info-hash, which was {torrent.TrackerHashes[0]}", page, StringComparison.Ordinal);
        var link = page[page.IndexOf("a href=\"http", StringComparison.Ordinal)..].Split('"')[1];
        var changed = Metainfo.Parse(await author.GetByteArrayAsync(link));
        Assert.True(changed.IsPrivate);
        Assert.True((await FindAsync(changed))!.IsPublished);
    }

    [Theory]
    [InlineData(ForeignTrackerPolicy.Add, "udp://typed.example.org:1|udp://file.example.org:2|udp://file.example.org:3")]
    [InlineData(ForeignTrackerPolicy.Replace, "udp://typed.example.org:1")]
    [InlineData(ForeignTrackerPolicy.Keep, "udp://typed.example.org:1|udp://file.example.org:2|udp://file.example.org:3")]
    public async Task Should_take_the_trackers_and_web_seeds_of_the_file(ForeignTrackerPolicy policy, string trackers)
    {
        await Site.SetTorrentsAsync(settings => settings.ForeignTrackers = policy);
        var torrent = await SampleTorrent.CreateAsync($"With addresses, {policy}", new TorrentOptions
        {
            AnnounceTiers = [["udp://typed.example.org:1", "udp://file.example.org:2"], ["udp://file.example.org:3"]],
            WebSeeds = ["https://file.example.org/x", "http://192.168.0.1/x"],
        });
        using var author = await Site.SignInAsync(Fixture.Author);

        using var response = await PostAsync(author, torrent, Publish, ("TorrentPart.Trackers", "udp://typed.example.org:1"), ("TorrentPart.WebSeeds", "https://typed.example.org/x"));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        var part = await Site.PartOfAsync(torrent);
        Assert.Equal(trackers.Split('|'), part.Trackers.SelectMany(tier => tier));
        Assert.Equal(policy == ForeignTrackerPolicy.Keep, part.KeepsTrackers);
        Assert.Equal(["https://typed.example.org/x", "https://file.example.org/x"], part.WebSeeds);
    }

    [Fact]
    public async Task Should_refuse_a_web_seed_in_a_private_network()
    {
        var torrent = await SampleTorrent.CreateAsync("Seeded at home");
        using var author = await Site.SignInAsync(Fixture.Author);

        using var response = await PostAsync(author, torrent, Publish, ("TorrentPart.WebSeeds", "http://192.168.0.1/x"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("'http://192.168.0.1/x' is not the address of a web seed on a public server.", WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Null(await FindAsync(torrent));
    }

    [Fact]
    public async Task Should_save_drafts_only_where_a_moderator_looks_at_everything()
    {
        await Site.SetTorrentsAsync(settings => settings.ModeratesAll = true);
        var torrent = await SampleTorrent.CreateAsync("Looked at before");
        using var author = await Site.SignInAsync(Fixture.Author);

        var editor = await author.GetStringAsync(Create);
        Assert.DoesNotContain(Publish, editor, StringComparison.Ordinal);
        Assert.Contains("a moderator looks at it before it is published", editor, StringComparison.Ordinal);
        using (var refused = await PostAsync(author, torrent, Publish))
        {
            Assert.False(refused.IsSuccessStatusCode);
            Assert.Null(await FindAsync(torrent));
        }

        using (var saved = await PostAsync(author, torrent, Save))
        {
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        }

        var draft = await FindAsync(torrent);
        Assert.False(draft!.IsPublished);
        var publish = $"Admin/Contents/ContentItems/{draft.ContentItemId}/Publish";
        using (var refused = await author.PostFormAsync(Create, [], publish))
        {
            Assert.False((await FindAsync(torrent))!.IsPublished);
        }

        using var admin = await Site.SignInAsync(TestSite.AdminName);
        Assert.Contains(Publish, await admin.GetStringAsync(Create), StringComparison.Ordinal);
        using (var published = await admin.PostFormAsync(Create, [], publish))
        {
            Assert.True((await FindAsync(torrent))!.IsPublished);
        }

        // Nobody's request: what other modules publish is their own business.
        var other = await Site.PublishTorrentAsync("Published by the catalogue");
        Assert.True((await FindAsync(other))!.IsPublished);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, Metainfo torrent, string button, params IEnumerable<(string Name, string Value)> fields)
    {
        var file = new ByteArrayContent(torrent.Bytes.ToArray());
        file.Headers.ContentType = new MediaTypeHeaderValue("application/x-bittorrent");
        using var form = new MultipartFormDataContent { { file, "TorrentPart.Torrent", "x.torrent" } };
        foreach (var (name, value) in fields.Concat(
            [("TitlePart.Title", torrent.Name), ("TorrentPart.IsListed", "true"), (button, button), ("__RequestVerificationToken", await client.GetAntiforgeryTokenAsync(Create))]))
        {
            form.Add(new StringContent(value), name);
        }

        return await client.PostAsync(Create, form);
    }

    private Task<CatalogTorrent?> FindAsync(Metainfo torrent) =>
        Site.InTenantAsync(services => services.GetRequiredService<ITorrentCatalog>().FindAsync(torrent.TrackerHashes[0]));

    public sealed class Fixture : SiteFixture
    {
        public const string Author = "editor-author";

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Site.AddUserAsync(Author, "Author");
        }
    }
}
