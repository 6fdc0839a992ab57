using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OrchardCore.ContentManagement;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Torrents.Settings;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>Uploads on the site, from files to torrents.</summary>
public sealed partial class UploadTests(UploadTests.Fixture fixture) : IClassFixture<UploadTests.Fixture>
{
    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_publish_one_file_after_a_look_at_it()
    {
        var torrent = await SampleTorrent.CreateAsync("One file", null, "folder/inside.txt");
        var page = await Site.OpenAsAsync(Fixture.Author);
        await page.GotoAsync("torrents");
        await page.ClickAsync("text=Upload torrents");
        await page.SetInputFilesAsync("input[type=file]", Payload(torrent));
        await page.ClickAsync("form.ot-upload button");

        await Assertions.Expect(page.Locator(".ot-review")).ToContainTextAsync(torrent.TrackerHashes[0].ToString());
        await page.FillAsync("#ot-upload-0-title", "One file of mine");
        await page.FillAsync("#ot-upload-0-description", "With *words* about it.");
        await page.ClickAsync(".ot-review button");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/torrents$"));

        await Assertions.Expect(page.Locator(".toast-body")).ToContainTextAsync("A torrent has been published.");
        await page.ClickAsync("text=One file of mine");
        await Assertions.Expect(page.Locator("em")).ToHaveTextAsync("words");
        await Assertions.Expect(page.Locator(".ot-facts")).ToContainTextAsync(Fixture.Author);
    }

    [Fact]
    public async Task Should_take_ten_files_dropped_on_the_page()
    {
        var torrents = await Task.WhenAll(Enumerable.Range(1, 10).Select(number => SampleTorrent.CreateAsync($"Dropped {number}")));
        var page = await Site.OpenAsAsync(Fixture.Author);
        await page.GotoAsync("torrents/upload");

        await page.DropAsync(torrents);
        await Assertions.Expect(page.Locator(".ot-review section")).ToHaveCountAsync(10);
        await page.UncheckAsync("#ot-upload-3-save");
        await page.ClickAsync(".ot-review button");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/torrents$"));

        await page.GotoAsync("torrents?q=dropped");
        await Assertions.Expect(page.Locator(".ot-found")).ToHaveTextAsync("9 torrents");
    }

    [Fact]
    public async Task Should_upload_without_script()
    {
        var torrent = await SampleTorrent.CreateAsync("Without script");
        using var client = await Site.SignInAsync(Fixture.Author);

        await UploadAsync(client, torrent.Bytes.ToArray());

        Assert.True((await FindAsync(torrent))!.IsPublished);
    }

    [Fact]
    public async Task Should_let_a_moderator_decide_over_who_may_not_publish()
    {
        var torrent = await SampleTorrent.CreateAsync("Waits for a moderator");
        using var contributor = await Site.SignInAsync(Fixture.Contributor);
        await UploadAsync(contributor, torrent.Bytes.ToArray());
        using var visitor = Site.CreateClient();

        Assert.False((await FindAsync(torrent))!.IsPublished);
        using var hidden = await visitor.GetAsync($"torrents/{torrent.TrackerHashes[0]}.torrent");
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        Assert.Equal(torrent.TrackerHashes, Metainfo.Parse(await contributor.GetByteArrayAsync($"torrents/{torrent.TrackerHashes[0]}.torrent")).TrackerHashes);

        var page = await Site.OpenAsAsync(Fixture.Moderator);
        await page.GotoAsync("Admin/Torrents/Index?show=waiting");
        await page.GetByLabel("Choose Waits for a moderator").CheckAsync();
        await page.ClickAsync("button:has-text('Actions')");
        await page.ClickAsync("button[value='Publish']");
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("Done with a torrent.");

        Assert.True((await FindAsync(torrent))!.IsPublished);
    }

    [Fact]
    public async Task Should_lead_to_the_torrent_that_is_there_and_merge_addresses_into_it()
    {
        var torrent = await SampleTorrent.CreateAsync("Merged");
        await Site.PublishAsync(torrent, new CatalogDetails());
        var again = torrent.ToBytes(new MetainfoEdit().SetTrackers([["https://one.example.org/announce", "https://two.example.org/announce"]]).SetWebSeeds(["https://seed.example.org/merged", "http://10.0.0.1/merged"]));
        var page = await Site.OpenAsAsync(Fixture.Author);

        await page.GotoAsync("torrents/upload");
        await page.SetInputFilesAsync("input[type=file]", new FilePayload { Name = "again.torrent", MimeType = "application/x-bittorrent", Buffer = again });
        await page.ClickAsync("form.ot-upload button");
        await Assertions.Expect(page.Locator(".ot-review")).ToContainTextAsync("The site has this torrent already: Merged");
        await page.CheckAsync("#ot-upload-0-merge");
        await page.ClickAsync(".ot-review button");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/torrents$"));

        using var client = Site.CreateClient();
        var served = Metainfo.Parse(await client.GetByteArrayAsync($"torrents/{torrent.TrackerHashes[0]}.torrent"));
        Assert.Equal(torrent.TrackerHashes, served.TrackerHashes);
        Assert.Equal([$"{Site.Url}announce", "https://one.example.org/announce", "https://two.example.org/announce"], served.AnnounceTiers.SelectMany(tier => tier));
        Assert.Equal(["https://seed.example.org/merged"], served.WebSeeds);
    }

    [Fact]
    public async Task Should_find_a_duplicate_by_either_hash_and_within_one_upload()
    {
        var hybrid = await SampleTorrent.CreateAsync("Hybrid twice", new TorrentOptions { Version = MetainfoVersion.Hybrid });
        using var client = await Site.SignInAsync(Fixture.Author);

        await UploadAsync(client, hybrid.Bytes.ToArray(), hybrid.Bytes.ToArray());

        Assert.NotNull(await FindAsync(hybrid));
        var (review, _) = await ReviewAsync(client, hybrid.Bytes.ToArray());
        Assert.Contains("The site has this torrent already", review, StringComparison.Ordinal);
        Assert.Contains("1 torrent", await client.GetStringAsync("torrents?q=hybrid+twice"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ForeignTrackerPolicy.Add, new[] { "own", "https://foreign.example.org/announce" })]
    [InlineData(ForeignTrackerPolicy.Replace, new[] { "own" })]
    [InlineData(ForeignTrackerPolicy.Keep, new[] { "https://foreign.example.org/announce" })]
    public async Task Should_do_with_foreign_trackers_what_the_settings_say(ForeignTrackerPolicy policy, string[] expected)
    {
        await SetAsync(settings => settings.ForeignTrackers = policy);
        var torrent = await SampleTorrent.CreateAsync($"Foreign {policy}", new TorrentOptions { AnnounceTiers = [["https://foreign.example.org/announce"]] });
        using var client = await Site.SignInAsync(Fixture.Author);
        try
        {
            await UploadAsync(client, torrent.Bytes.ToArray());
        }
        finally
        {
            await SetAsync(settings => settings.ForeignTrackers = ForeignTrackerPolicy.Add);
        }

        var served = Metainfo.Parse(await client.GetByteArrayAsync($"torrents/{torrent.TrackerHashes[0]}.torrent"));
        Assert.Equal(expected.Select(url => url == "own" ? $"{Site.Url}announce" : url), served.AnnounceTiers.SelectMany(tier => tier));
    }

    [Theory]
    [InlineData(MetainfoVersion.V1)]
    [InlineData(MetainfoVersion.V2)]
    [InlineData(MetainfoVersion.Hybrid)]
    public async Task Should_set_the_private_flag_and_offer_the_new_torrent(MetainfoVersion version)
    {
        await SetAsync(settings => settings.PrivateFlag = PrivatePolicy.Set);
        var torrent = await SampleTorrent.CreateAsync($"Made private {version}", new TorrentOptions { Version = version });
        using var client = await Site.SignInAsync(Fixture.Author);
        try
        {
            var (review, batch) = await ReviewAsync(client, torrent.Bytes.ToArray());
            Assert.Contains($"That changes the info-hash, which was {torrent.TrackerHashes[0]}", review, StringComparison.Ordinal);
            var changed = Metainfo.Parse(await client.GetByteArrayAsync($"torrents/upload/{batch}/0.torrent"));
            Assert.True(changed.IsPrivate);
            Assert.Equal(torrent.Files.Select(file => (file.FullPath, file.Length)), changed.Files.Select(file => (file.FullPath, file.Length)));
            Assert.Equal(torrent.PieceHashesV1.ToArray(), changed.PieceHashesV1.ToArray());
            Assert.DoesNotContain(changed.TrackerHashes[0], torrent.TrackerHashes);

            await SaveAsync(client, batch, 1);
            Assert.NotNull(await FindAsync(changed));
            Assert.Null(await FindAsync(torrent));
        }
        finally
        {
            await SetAsync(settings => settings.PrivateFlag = PrivatePolicy.Either);
        }
    }

    [Fact]
    public async Task Should_say_so_where_the_private_flag_makes_a_torrent_too_large()
    {
        const int KiB = 20;
        await SetAsync(settings => (settings.PrivateFlag, settings.MaxKiB) = (PrivatePolicy.Set, KiB));
        var torrent = await SampleTorrent.CreateAsync("Too large with the flag");
        var comment = new string('x', 15_000);
        comment += new string('x', (KiB << 10) - torrent.ToBytes(new MetainfoEdit().SetComment(comment)).Length);
        var largest = torrent.ToBytes(new MetainfoEdit().SetComment(comment));
        Assert.Equal(KiB << 10, largest.Length);
        using var client = await Site.SignInAsync(Fixture.Author);
        try
        {
            var (review, batch) = await ReviewAsync(client, largest);
            Assert.Contains("are allowed", review, StringComparison.Ordinal);
            await SaveAsync(client, batch, 1);
            Assert.Null(await FindAsync(torrent));
        }
        finally
        {
            await SetAsync(settings => (settings.PrivateFlag, settings.MaxKiB) = (PrivatePolicy.Either, new TorrentSettings().MaxKiB));
        }
    }

    [Fact]
    public async Task Should_demand_the_private_flag()
    {
        await SetAsync(settings => settings.PrivateFlag = PrivatePolicy.Demand);
        using var client = await Site.SignInAsync(Fixture.Author);
        try
        {
            var open = await SampleTorrent.CreateAsync("Not private");
            var (review, batch) = await ReviewAsync(client, open.Bytes.ToArray());
            Assert.Contains("The torrent is not private.", review, StringComparison.Ordinal);
            await SaveAsync(client, batch, 1);
            Assert.Null(await FindAsync(open));

            var closed = await SampleTorrent.CreateAsync("Private", new TorrentOptions { IsPrivate = true });
            await UploadAsync(client, closed.Bytes.ToArray());
            Assert.NotNull(await FindAsync(closed));
        }
        finally
        {
            await SetAsync(settings => settings.PrivateFlag = PrivatePolicy.Either);
        }
    }

    [Fact]
    public async Task Should_let_a_moderator_look_at_everything_where_the_settings_say_so()
    {
        await SetAsync(settings => settings.ModeratesAll = true);
        var torrent = await SampleTorrent.CreateAsync("Looked at");
        using var client = await Site.SignInAsync(Fixture.Author);
        try
        {
            await UploadAsync(client, torrent.Bytes.ToArray());
        }
        finally
        {
            await SetAsync(settings => settings.ModeratesAll = false);
        }

        Assert.False((await FindAsync(torrent))!.IsPublished);
    }

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task Should_say_what_is_wrong_with_a_bad_file_and_save_nothing(string kind, string message)
    {
        using var client = await Site.SignInAsync(Fixture.Author);

        var (review, batch) = await ReviewAsync(client, Bad(kind));
        Assert.Contains(message, review, StringComparison.Ordinal);
        await SaveAsync(client, batch, 1);

        Assert.Contains("No torrents match your search.", await client.GetStringAsync("torrents?q=bad-file"), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> BadFiles => new()
    {
        { "empty", "This is not a torrent" },
        { "text", "This is not a torrent" },
        { "truncated", "damaged" },
        { "html", "This is not a torrent" },
        { "leads out", "leads out of its folder" },
        { "device", "reserved for a device" },
        { "too large", "are allowed" },
        { "too many files", "has more than 100000 files" },
    };

    [Fact]
    public async Task Should_take_a_large_torrent_within_the_limits()
    {
        var torrent = SampleTorrent.Invent("bulk", [.. Enumerable.Range(0, 99_999).Select(number => ($"{number % 300}/{number}", 1L << 24))]);
        Assert.InRange(torrent.Bytes.Length, 5 << 20, 10 << 20);
        using var client = await Site.SignInAsync(Fixture.Author);

        await UploadAsync(client, torrent.Bytes.ToArray());

        Assert.True((await FindAsync(torrent))!.IsPublished);
    }

    [Fact]
    public async Task Should_refuse_more_files_than_are_taken_at_once_and_more_bytes()
    {
        using var client = await Site.SignInAsync(Fixture.Author);
        var torrent = (await SampleTorrent.CreateAsync("Many")).Bytes.ToArray();

        using var many = await PostAsync(client, [.. Enumerable.Repeat(torrent, 21)]);
        Assert.Contains("These are 21 files; 20 are taken at once.", await many.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var none = await PostAsync(client);
        Assert.Contains("Choose at least one .torrent file.", await none.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(await PostTooMuchAsync(client) is null or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Should_keep_uploads_from_other_users_and_set_nothing_that_the_form_has_not()
    {
        var torrent = await SampleTorrent.CreateAsync("Over-posted");
        using var author = await Site.SignInAsync(Fixture.Author);
        using var contributor = await Site.SignInAsync(Fixture.Contributor);
        var (_, batch) = await ReviewAsync(contributor, torrent.Bytes.ToArray());

        using (var foreign = await author.GetAsync($"torrents/upload/{batch}"))
        {
            Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        }

        using var forged = await contributor.PostAsync($"torrents/upload/{batch}", new FormUrlEncodedContent([new("Torrents[0].Save", "true")]));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        var fields = Fields(1);
        fields["Torrents[0].Published"] = "true";
        fields["Torrents[0].IsPublished"] = "true";
        fields["Torrents[0].Owner"] = "somebody";
        fields["Torrents[0].IsFreeLeech"] = "true";
        fields["Torrents[0].Terms[TitlePart]"] = "x";
        using var posted = await contributor.PostFormAsync($"torrents/upload/{batch}", fields);

        Assert.Equal(HttpStatusCode.Redirect, posted.StatusCode);
        Assert.False((await FindAsync(torrent))!.IsPublished);
        await Site.InTenantAsync(async services =>
        {
            var items = services.GetRequiredService<OrchardTracker.Torrents.Services.TorrentItems>();
            var item = Assert.Single(await items.FindVersionsAsync(torrent.TrackerHashes[0]));
            Assert.Equal(fixture.ContributorId, item.Owner);
            Assert.False(item.GetOrCreate<OrchardTracker.Torrents.Models.TorrentPart>().IsFreeLeech);
        });
    }

    [Fact]
    public async Task Should_show_the_torrents_of_a_deleted_user_without_him()
    {
        var id = await Site.AddUserAsync("leaver", "Author");
        var torrent = await SampleTorrent.CreateAsync("Left behind");
        using (var client = await Site.SignInAsync("leaver"))
        {
            await UploadAsync(client, torrent.Bytes.ToArray());
        }

        await Site.InTenantAsync(async services =>
        {
            var users = services.GetRequiredService<Microsoft.AspNetCore.Identity.UserManager<OrchardCore.Users.IUser>>();
            await users.DeleteAsync((await users.FindByIdAsync(id))!);
        });

        using var visitor = Site.CreateClient();
        Assert.Contains("unknown", await visitor.GetStringAsync("torrent/left-behind"), StringComparison.Ordinal);
        Assert.Equal(torrent.TrackerHashes, Metainfo.Parse(await visitor.GetByteArrayAsync($"torrents/{torrent.TrackerHashes[0]}.torrent")).TrackerHashes);
    }

    private static byte[] Bad(string kind) => kind switch
    {
        "empty" => [],
        "text" => Encoding.UTF8.GetBytes("bad-file: just some text"),
        "html" => Encoding.UTF8.GetBytes("<!doctype html><title>bad-file</title>"),
        "truncated" => SampleTorrent.Invent("bad-file", ("", 100 << 20)).Bytes[..500].ToArray(),
        "leads out" => Named("bad-file", ".."),
        "device" => Named("bad-file", "aux.txt"),
        "too large" => SampleTorrent.Invent("bad-file", ("", 20_000_000_000_000)).Bytes.ToArray(),
        "too many files" => SampleTorrent.Invent("bad-file", [.. Enumerable.Range(0, 100_001).Select(number => ($"{number}", 1L))]).Bytes.ToArray(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static byte[] Named(string name, string file) => Encoding.UTF8.GetBytes(
        $"d4:infod5:filesld6:lengthi1e4:pathl{file.Length}:{file}eee4:name{name.Length}:{name}12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaaee");

    private static FilePayload Payload(Metainfo torrent) => new() { Name = "x.torrent", MimeType = "application/x-bittorrent", Buffer = torrent.Bytes.ToArray() };

    private static Dictionary<string, string> Fields(int count)
    {
        var fields = new Dictionary<string, string>();
        for (var index = 0; index < count; index++)
        {
            fields[$"Torrents[{index}].Number"] = $"{index}";
            fields[$"Torrents[{index}].Save"] = "true";
        }

        return fields;
    }

    private static async Task UploadAsync(HttpClient client, params byte[][] files)
    {
        var (_, batch) = await ReviewAsync(client, files);
        await SaveAsync(client, batch, files.Length);
    }

    private static async Task SaveAsync(HttpClient client, string batch, int count)
    {
        using var saved = await client.PostFormAsync($"torrents/upload/{batch}", Fields(count));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
    }

    private static async Task<(string Html, string Batch)> ReviewAsync(HttpClient client, params byte[][] files)
    {
        using var posted = await PostAsync(client, files);
        Assert.True(posted.StatusCode == HttpStatusCode.Redirect, await posted.Content.ReadAsStringAsync());
        var review = posted.Headers.Location!.ToString();
        return (WebUtility.HtmlDecode(await client.GetStringAsync(review.TrimStart('/'))), BatchName().Match(review).Value);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, params byte[][] files)
    {
        using var form = new MultipartFormDataContent();
        foreach (var file in files)
        {
            var content = new ByteArrayContent(file);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-bittorrent");
            form.Add(content, "files", "x.torrent");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "torrents/upload") { Content = form };
        request.Headers.Add("RequestVerificationToken", await client.GetAntiforgeryTokenAsync("torrents/upload"));
        return await client.SendAsync(request);
    }

    /// <returns>Null when the site hangs up before all is sent.</returns>
    private static async Task<HttpStatusCode?> PostTooMuchAsync(HttpClient client)
    {
        try
        {
            using var response = await PostAsync(client, new byte[70 << 20]);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private Task<CatalogTorrent?> FindAsync(Metainfo torrent) =>
        Site.InTenantAsync(services => services.GetRequiredService<ITorrentCatalog>().FindAsync(torrent.TrackerHashes[0]));

    private Task SetAsync(Action<TorrentSettings> change) => Site.SetTorrentsAsync(change);

    [GeneratedRegex("[0-9a-f]{32}$")]
    private static partial Regex BatchName();

    public sealed class Fixture : SiteFixture
    {
        public const string Author = "some-author";
        public const string Contributor = "some-contributor";
        public const string Moderator = "some-moderator";

        public string ContributorId { get; private set; } = "";

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Site.AddUserAsync(Author, "Author");
            ContributorId = await Site.AddUserAsync(Contributor, "Contributor");
            await Site.AddUserAsync(Moderator, "Moderator");
        }
    }
}
