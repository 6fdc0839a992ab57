using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Tracker;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>Uploads in the admin, in the browser: chosen or dropped, reviewed, saved, published.</summary>
public sealed class AdminUploadTests(AdminUploadTests.Fixture fixture) : IClassFixture<AdminUploadTests.Fixture>
{
    private const string Upload = "Admin/Torrents/Upload";

    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_publish_a_file_of_the_disk_after_a_look_at_it()
    {
        var torrent = await SampleTorrent.CreateAsync("Chosen in the admin", null, "folder/inside.txt", "beside.txt");
        var file = Path.Combine(Site.Folder, "Chosen in the admin.torrent");
        await File.WriteAllBytesAsync(file, torrent.Bytes, TestContext.Current.CancellationToken);
        var page = await Site.OpenAsAsync(Fixture.Moderator);
        await page.GotoAsync("Admin/Torrents/Index");
        await page.LeaveByAsync("a.create");

        await page.SetInputFilesAsync("input[type=file]", file);
        await page.LeaveByAsync("form.ot-upload button");
        var review = page.Locator(".ot-review");
        await Assertions.Expect(review.Locator("h2")).ToHaveTextAsync("Chosen in the admin");
        await Assertions.Expect(review.Locator("code")).ToHaveTextAsync(torrent.TrackerHashes[0].ToString());
        await review.Locator("summary").ClickAsync();
        await Assertions.Expect(review.GetByText("folder/inside.txt")).ToBeVisibleAsync();
        Assert.Null(await FindAsync(torrent));
        await page.FillAsync("#ot-upload-0-title", "Named in the admin");
        await page.LeaveByAsync(".ot-review button");

        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/Admin/Torrents"));
        await Assertions.Expect(page.GetByText("A torrent has been published.")).ToBeVisibleAsync();
        var row = page.Locator("li.list-group-item", new() { Has = page.Locator(".ot-admin-title", new() { HasText = "Named in the admin" }) });
        await Assertions.Expect(row.Locator(".badge")).ToHaveTextAsync("Published");
        using var visitor = Site.CreateClient();
        await AssertServedAsync(visitor, torrent);
    }

    [Fact]
    public async Task Should_take_files_dropped_on_the_page_and_have_a_moderator_publish_them()
    {
        var torrents = await Task.WhenAll(Enumerable.Range(1, 3).Select(number => SampleTorrent.CreateAsync($"Dropped in the admin {number}")));
        var page = await Site.OpenAsAsync(Fixture.Contributor);
        await page.GotoAsync(Upload);

        await page.DropAsync(torrents);
        await Assertions.Expect(page.Locator(".ot-review section")).ToHaveCountAsync(3);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/Admin/Torrents/Upload/Review/"));
        await page.LeaveByAsync(".ot-review button");
        await Assertions.Expect(page.GetByText("3 torrents wait for a moderator.")).ToBeVisibleAsync();
        using var visitor = Site.CreateClient();
        foreach (var torrent in torrents)
        {
            Assert.False((await FindAsync(torrent))!.IsPublished);
            await visitor.AnnounceRefusedAsync(Announcer.Path(torrent.TrackerHashes[0].Announced(), 1001));
        }

        var moderator = await Site.OpenAsAsync(Fixture.Moderator);
        await moderator.GotoAsync("Admin/Torrents/Index?q=dropped&show=waiting");
        await moderator.CheckAsync("#select-all");
        await moderator.ClickAsync("button:has-text('Actions')");
        await moderator.LeaveByAsync("button[value='Publish']");
        await Assertions.Expect(moderator.GetByText("Done with 3 torrents.")).ToBeVisibleAsync();

        foreach (var torrent in torrents)
        {
            await AssertServedAsync(visitor, torrent);
        }
    }

    private static async Task AssertServedAsync(HttpClient visitor, Metainfo torrent)
    {
        var served = Metainfo.Parse(await visitor.GetByteArrayAsync($"torrents/{torrent.TrackerHashes[0]}.torrent"));
        Assert.Equal(torrent.InfoBytes.ToArray(), served.InfoBytes.ToArray());
        await visitor.AnnounceAsync(torrent.TrackerHashes[0].Announced(), 1001, at: served.AnnounceTiers[0][0]);
    }

    private Task<CatalogTorrent?> FindAsync(Metainfo torrent) =>
        Site.InTenantAsync(services => services.GetRequiredService<ITorrentCatalog>().FindAsync(torrent.TrackerHashes[0]));

    public sealed class Fixture : SiteFixture
    {
        public const string Contributor = "admin-contributor";
        public const string Moderator = "admin-moderator";

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Site.EmptyAsync();
            await Site.AddUserAsync(Contributor, "Contributor");
            await Site.AddUserAsync(Moderator, "Moderator");
        }
    }
}
