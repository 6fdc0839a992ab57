using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>A torrent in the content editor of the admin.</summary>
public sealed class EditorTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private const string Create = "Admin/Contents/ContentTypes/Torrent/Create";

    [Fact]
    public async Task Should_publish_an_uploaded_torrent_under_its_own_name()
    {
        var torrent = await SampleTorrent.CreateAsync("Uploaded in the editor");
        var page = await fixture.Site.OpenAsAsync(TestSite.AdminName);

        await page.GotoAsync(Create);
        await ChooseAsync(page, torrent.Bytes.ToArray());
        await page.ClickAsync("button[name='submit.Publish']");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/Edit"));
        await page.GotoAsync("torrents");
        await page.LeaveByAsync("text=Uploaded in the editor");

        Assert.Contains(torrent.TrackerHashes[0].ToString(), await page.ContentAsync(), StringComparison.Ordinal);
        Assert.EndsWith("/torrent/uploaded-in-the-editor", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_what_is_wrong_beside_the_field_and_keep_the_rest()
    {
        var page = await fixture.Site.OpenAsAsync(TestSite.AdminName);

        await page.GotoAsync(Create);
        await page.FillAsync("#TitlePart_Title", "A title");
        await page.FillAsync("#TorrentPart_Trackers", "not an address");
        await ChooseAsync(page, "This is text."u8.ToArray());
        await page.ClickAsync("button[name='submit.Publish']");

        await Assertions.Expect(page.Locator("[data-valmsg-for='TorrentPart.Torrent']")).ToContainTextAsync("This is not a torrent");
        await Assertions.Expect(page.Locator("[data-valmsg-for='TorrentPart.Trackers']")).ToContainTextAsync("'not an address' is not the address of a tracker.");
        await Assertions.Expect(page.Locator("#TitlePart_Title")).ToHaveValueAsync("A title");
    }

    [Fact]
    public async Task Should_ask_for_a_file_when_there_is_none()
    {
        var page = await fixture.Site.OpenAsAsync(TestSite.AdminName);

        await page.GotoAsync(Create);
        await page.FillAsync("#TitlePart_Title", "A title");
        await page.ClickAsync("button[name='submit.Publish']");

        await Assertions.Expect(page.Locator("[data-valmsg-for='TorrentPart.Torrent']")).ToContainTextAsync("A .torrent file is needed.");
    }

    [Fact]
    public async Task Should_refuse_a_torrent_that_another_item_has()
    {
        var torrent = await SampleTorrent.CreateAsync("There already");
        await fixture.Site.InTenantAsync(services => services.GetRequiredService<ITorrentCatalog>().PublishAsync(torrent, new CatalogDetails()));
        var page = await fixture.Site.OpenAsAsync(TestSite.AdminName);

        await page.GotoAsync(Create);
        await ChooseAsync(page, torrent.Bytes.ToArray());
        await page.ClickAsync("button[name='submit.Publish']");

        await Assertions.Expect(page.Locator("[data-valmsg-for='TorrentPart.Torrent']")).ToContainTextAsync("The site has this torrent already: 'There already'.");
    }

    [Fact]
    public async Task Should_refuse_to_put_another_torrent_in_the_place_of_the_one_that_an_item_has()
    {
        var torrent = await fixture.Site.PublishTorrentAsync("Stays what it is");
        var other = await SampleTorrent.CreateAsync("Would take its place");
        var id = (await fixture.Site.PartOfAsync(torrent)).ContentItem.ContentItemId;
        var page = await fixture.Site.OpenAsAsync(TestSite.AdminName);

        await page.GotoAsync($"Admin/Contents/ContentItems/{id}/Edit");
        await page.FillAsync("#TitlePart_Title", "A new title");
        await ChooseAsync(page, other.Bytes.ToArray());
        await page.LeaveByAsync("button[name='submit.Publish']");

        await Assertions.Expect(page.Locator("[data-valmsg-for='TorrentPart.Torrent']")).ToHaveTextAsync("This is another torrent: its info-hash differs. Make a new item of it.");
        await Assertions.Expect(page.Locator("#TitlePart_Title")).ToHaveValueAsync("A new title");
        using var client = fixture.Site.CreateClient();
        Assert.Equal(torrent.TrackerHashes, Metainfo.Parse(await client.GetByteArrayAsync($"torrents/{torrent.TrackerHashes[0]}.torrent")).TrackerHashes);
        using var missing = await client.GetAsync($"torrents/{other.TrackerHashes[0]}.torrent");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);

        await ChooseAsync(page, torrent.Bytes.ToArray());
        await page.LeaveByAsync("button[name='submit.Publish']");
        await page.GotoAsync("torrents?q=new+title");
        await Assertions.Expect(page.Locator("tbody .ot-title a")).ToHaveTextAsync("A new title");
    }

    [Fact]
    public async Task Should_lead_to_the_torrent_that_is_there_and_add_trackers_and_web_seeds_to_it()
    {
        var torrent = await SampleTorrent.CreateAsync("Extended from the editor");
        await fixture.Site.PublishAsync(torrent, new CatalogDetails { Title = "There to be extended" });
        var edit = new MetainfoEdit().SetTrackers([["http://tracker.example.org/announce"], ["udp://tracker.example.net:6969"]]);
        var file = torrent.With(edit.SetWebSeeds(["https://files.example.org/", "http://127.0.0.1/private/"]));
        var page = await fixture.Site.OpenAsAsync(TestSite.AdminName);

        await page.GotoAsync(Create);
        await ChooseAsync(page, file.Bytes.ToArray());
        await page.ClickAsync("button[name='submit.Publish']");
        await page.ClickAsync("text=Add them to that torrent");

        await Assertions.Expect(page.Locator(".message-success, .alert-success").First).ToContainTextAsync("3 trackers and web seeds have been added.");
        await Assertions.Expect(page.Locator("#TitlePart_Title")).ToHaveValueAsync("There to be extended");
        await Assertions.Expect(page.Locator("#TorrentPart_Trackers")).ToHaveValueAsync("http://tracker.example.org/announce\n\nudp://tracker.example.net:6969");
        await Assertions.Expect(page.Locator("#TorrentPart_WebSeeds")).ToHaveValueAsync("https://files.example.org/");
        using var client = fixture.Site.CreateClient();
        var served = Metainfo.Parse(await client.GetByteArrayAsync($"torrents/{torrent.TrackerHashes[0]}.torrent"));
        Assert.Equal(torrent.TrackerHashes, served.TrackerHashes);
        Assert.Contains("https://files.example.org/", served.WebSeeds);
    }

    [Fact]
    public async Task Should_take_no_address_that_somebody_makes_up_for_the_merge()
    {
        var torrent = await SampleTorrent.CreateAsync("Not extended by rubbish");
        await fixture.Site.PublishAsync(torrent, new CatalogDetails());
        using var admin = await fixture.Site.SignInAsync(TestSite.AdminName);

        using var response = await admin.PostFormAsync(
            Create,
            new() { ["mergeTrackers"] = "javascript:alert(1)\n\nnot an address", ["mergeWebSeeds"] = "http://192.168.0.1/\nfile:///etc/passwd" },
            $"Admin/Torrents/Merge/{torrent.TrackerHashes[0]}");
        using var unknown = await admin.PostFormAsync(Create, [], "Admin/Torrents/Merge/" + new string('0', 40));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        var served = Metainfo.Parse(await admin.GetByteArrayAsync($"torrents/{torrent.TrackerHashes[0]}.torrent"));
        Assert.Empty(served.WebSeeds);
        Assert.Single(served.AnnounceTiers.SelectMany(tier => tier), url => url.Contains("/announce", StringComparison.Ordinal));
    }

    private static Task ChooseAsync(IPage page, byte[] bytes) =>
        page.SetInputFilesAsync("#TorrentPart_Torrent", new FilePayload { Name = "x.torrent", MimeType = "application/x-bittorrent", Buffer = bytes });
}
