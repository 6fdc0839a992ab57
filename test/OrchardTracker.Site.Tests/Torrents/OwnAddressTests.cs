using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Tracker;
using OrchardTracker.Torrents.Foreign;
using OrchardTracker.Torrents.Services;
using OrchardTracker.Torrents.Settings;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>
/// Torrents that members have made with the announce URL that the site gave them: their passkey is nobody else's, and the
/// site writes its own trackers in anyway.
/// </summary>
public sealed class OwnAddressTests(OwnAddressTests.Fixture fixture) : IClassFixture<OwnAddressTests.Fixture>
{
    private const string Other = "https://other.example.org/announce";

    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_keep_no_passkey_of_an_upload_and_hand_it_to_nobody()
    {
        var torrent = await UploadAsync("Uploaded with a passkey", [[.. fixture.Own], [Other]]);

        Assert.Equal([[Other]], (await Site.PartOfAsync(torrent)).Trackers);
        await AssertServedAsync(torrent, Other);
    }

    [Fact]
    public async Task Should_write_its_own_trackers_where_a_torrent_would_keep_none_but_these()
    {
        await Site.SetTorrentsAsync(settings => settings.ForeignTrackers = ForeignTrackerPolicy.Keep);
        try
        {
            await AssertServedAsync(await UploadAsync("Kept with a passkey", [[.. fixture.Own]]));
        }
        finally
        {
            await Site.SetTorrentsAsync(settings => settings.ForeignTrackers = ForeignTrackerPolicy.Add);
        }
    }

    [Fact]
    public async Task Should_take_no_passkey_when_a_torrent_is_merged_or_edited()
    {
        var torrent = await UploadAsync("Merged with a passkey", []);
        var again = torrent.With(new MetainfoEdit().SetTrackers([[.. fixture.Own, Other]]));
        using var first = TokenClient(Fixture.First);
        using (var merged = await first.PostAsync("api/torrents", Form(again, ("merge", "true"))))
        {
            Assert.True(merged.StatusCode == HttpStatusCode.OK, await merged.Content.ReadAsStringAsync());
        }

        Assert.Equal([[Other]], (await Site.PartOfAsync(torrent)).Trackers);
        using (var edited = await first.PatchAsync($"api/torrents/{torrent.TrackerHashes[0]}", JsonContent.Create(new { trackers = new[] { fixture.Own, [Other, "udp://other.example.org:1"] } })))
        {
            Assert.True(edited.StatusCode == HttpStatusCode.OK, await edited.Content.ReadAsStringAsync());
        }

        Assert.Equal([[Other, "udp://other.example.org:1"]], (await Site.PartOfAsync(torrent)).Trackers);
        var id = (await Site.PartOfAsync(torrent)).ContentItem.ContentItemId;
        using var admin = await Site.SignInAsync(TestSite.AdminName);
        var form = await PageForm.ReadAsync(admin, $"Admin/Contents/ContentItems/{id}/Edit", "form[enctype]");
        using (var edited = await form.Set("Trackers", string.Join('\n', [.. fixture.Own, Other])).Add("submit.Publish", "submit.Publish").SendAsync())
        {
            Assert.Equal(HttpStatusCode.Redirect, edited.StatusCode);
        }

        Assert.Equal([[Other]], (await Site.PartOfAsync(torrent)).Trackers);
        await AssertServedAsync(torrent, Other);
    }

    [Fact]
    public async Task Should_hand_out_no_passkey_that_was_kept_before()
    {
        var torrent = await UploadAsync("Kept before", []);
        await SetTrackersAsync(Site, torrent, [.. fixture.Own, "http://not.example.org/announce?x\r\nHost: y", Other]);

        await AssertServedAsync(torrent, Other);
    }

    [Fact]
    public async Task Should_write_its_tracker_once_and_ask_no_counts_of_itself_where_it_is_open()
    {
        await using var site = await TestSite.StartAsync();
        await site.EmptyAsync();
        var torrent = await SampleTorrent.CreateAsync("Open and its own");
        await site.PublishAsync(torrent, new CatalogDetails());
        string[] others = [$"{site.Url}elsewhere/announce", $"http://{site.Url.Host}:1/announce", $"udp://{site.Url.Host}:1/announce"];
        await SetTrackersAsync(site, torrent, [$"{site.Url}announce", .. others]);
        using var client = site.CreateClient();

        var served = Metainfo.Parse(await client.GetByteArrayAsync($"torrents/{torrent.TrackerHashes[0]}.torrent"));

        Assert.Equal([$"{site.Url}announce", .. others], served.AnnounceTiers.SelectMany(tier => tier));
        var asked = await site.InTenantAsync(services => services.GetRequiredService<ForeignTrackers>().ListAsync(0, 10));
        Assert.Equal(others.Order(), asked.Select(tracker => tracker.Url).Order());
    }

    private static MultipartFormDataContent Form(Metainfo torrent, params IEnumerable<(string Name, string Value)> fields)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(torrent.Bytes.ToArray()), "file", "x.torrent" } };
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        return form;
    }

    private static Task SetTrackersAsync(TestSite site, Metainfo torrent, List<string> tier) => site.InTenantAsync(async services =>
    {
        var items = services.GetRequiredService<TorrentItems>();
        await items.ChangeAsync(await items.FindVersionsAsync(torrent.TrackerHashes[0]), part => part.Trackers = [tier]);
    });

    private async Task<Metainfo> UploadAsync(string title, IReadOnlyList<IReadOnlyList<string>> tiers)
    {
        var torrent = await SampleTorrent.CreateAsync(title, new TorrentOptions { AnnounceTiers = tiers });
        using var first = TokenClient(Fixture.First);
        using var created = await first.PostAsync("api/torrents", Form(torrent));
        Assert.True(created.StatusCode == HttpStatusCode.Created, await created.Content.ReadAsStringAsync());
        return torrent;
    }

    /// <summary>The second member gets his own announce URL and the others, and nothing of the first one's.</summary>
    private async Task AssertServedAsync(Metainfo torrent, params string[] others)
    {
        using var second = await Site.SignInAsync(Fixture.Second);
        var own = Site.Url + await Site.AnnouncePathOfAsync(Fixture.Second);

        var served = Metainfo.Parse(await second.GetByteArrayAsync($"torrents/{torrent.TrackerHashes[0]}.torrent"));
        Assert.Equal([own, .. others], served.AnnounceTiers.SelectMany(tier => tier));
        var page = await second.GetStringAsync($"torrent/{torrent.Name.ToLowerInvariant().Replace(' ', '-')}");
        Assert.Contains("magnet:?", page, StringComparison.Ordinal);
        Assert.DoesNotContain(fixture.Passkey, page, StringComparison.OrdinalIgnoreCase);
    }

    private HttpClient TokenClient(string user)
    {
        var client = Site.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestTokens.For(user));
        return client;
    }

    public sealed class Fixture : SiteFixture
    {
        public const string First = "first-member";
        public const string Second = "second-member";

        public string Passkey { get; private set; } = "";

        /// <summary>The addresses by which the first member reaches the tracker, also by other names of the site.</summary>
        public string[] Own { get; private set; } = [];

        protected override SiteOptions Options => new() { ConfigureOrchard = TestTokens.AddTo };

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Site.EmptyAsync();
            await Site.AddUserAsync(First, "Author");
            await Site.AddUserAsync(Second, "Author");
            await Site.SetTrackerAsync(("Mode", "Private"));
            Passkey = (await Site.AnnouncePathOfAsync(First)).Split('/')[0];
            Own =
            [
                $"{Site.Url}{Passkey}/announce",
                $"{Site.Url}announce/{Passkey}",
                $"{Site.Url}announce?passkey={Passkey}",
                $"{Site.Url}announce",
                $"{Site.Url}scrape",
                $"https://www.example.org/{Passkey.ToUpperInvariant()}/announce",
                $"udp://www.example.org:6969/{Passkey}/announce",
            ];
        }
    }
}
