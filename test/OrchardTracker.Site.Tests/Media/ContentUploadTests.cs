using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Records;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.Site.Tests.Hosting;
using YesSql;
using Eventually = OrchardTracker.Site.Tests.Hosting.Eventually;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>All of it in a browser: an editor uploads a file in a content item, a visitor takes its torrent, the original goes.</summary>
public sealed class ContentUploadTests(PacedSite paced) : IClassFixture<PacedSite>, IDisposable
{
    private const string Name = "Harvest film.mp4";
    private const int Length = 6_000_000;
    private const string Field = "#Release_Files";

    private readonly ClientFolder _folder = new();

    private TestSite Site => paced.Site;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_offer_what_an_editor_uploads_in_a_content_item_and_go_on_when_the_original_is_hidden(bool isAttached)
    {
        var title = isAttached ? "Attached harvest" : "Harvest of the library";
        var bytes = RandomNumberGenerator.GetBytes(Length);
        var pace = paced.Faults.Pace = new ReadingPace();
        await Site.DefineReleaseAsync(isAttached: isAttached);
        var editor = await Site.OpenAsAsync(TestSite.AdminName);

        await PublishAsync(editor, title, await PutAsync(bytes), isAttached);
        await WatchAsync(editor, pace, isAttached);

        var item = await FindItemAsync(title);
        var entry = await Site.WaitForTorrentAsync(PathOf(item));
        paced.Faults.Pace = null;
        Assert.Equal(isAttached, entry.Path.StartsWith("mediafields/Release/", StringComparison.Ordinal));
        var visitor = await Site.OpenAsync();
        var torrent = await TakeAsync(visitor, item, entry);
        using var stream = new MemoryStream(bytes);
        var expected = await TorrentCreator.CreateFromStreamAsync(Name, stream, Length, new TorrentOptions());
        Assert.Equal(Name, torrent.Name);
        Assert.Equal(expected.TrackerHashes, torrent.TrackerHashes);
        Assert.False(torrent.IsPrivate);
        Assert.Empty(entry.Former);
        using var client = Site.CreateClient();
        Assert.Equal(bytes, await client.GetByteArrayAsync("media/" + entry.Path));

        await HideAsync(editor, entry.Path);

        using (var gone = await client.GetAsync("media/" + entry.Path))
        {
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        }

        var still = await TakeAsync(visitor, item, entry);
        Assert.Equal(torrent.TrackerHashes, still.TrackerHashes);
        Assert.Empty(still.WebSeeds);
        Assert.Equal(0, await visitor.Locator("a[href*='/media/']").CountAsync());

        // One, and under its last path: none for where an attached file was on its way.
        Assert.Equal(entry.Path, Assert.Single(await ListEntriesAsync(entry)).Path);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> PutAsync(byte[] bytes)
    {
        var file = Path.Combine(_folder.Path, Name);
        await File.WriteAllBytesAsync(file, bytes);
        return file;
    }

    private async Task PublishAsync(IPage editor, string title, string file, bool isAttached)
    {
        await editor.GotoAsync($"Admin/Contents/ContentTypes/{ContentSteps.Type}/Create");
        await editor.FillAsync("#TitlePart_Title", title);
        if (isAttached)
        {
            await editor.Locator("input[type=file][id$=field-file-upload]").SetInputFilesAsync(file);
        }
        else
        {
            await UploadInLibraryAsync(editor, file);
        }

        await Assertions.Expect(editor.Locator(Field + " .media-filename").First).ToContainTextAsync(".mp4");
        await Site.SweepAsync();
        if (isAttached)
        {
            await editor.ShootAsync("media-field");
        }

        await editor.LeaveByAsync("button[name='submit.Publish'][value='submit.Publish']");
    }

    private static async Task UploadInLibraryAsync(IPage editor, string file)
    {
        await editor.Locator(Field + " .fa-plus").ClickAsync();
        await editor.Locator("#fileupload").SetInputFilesAsync(file);
        var uploaded = editor.Locator(".media-item", new() { HasText = Name }).First;
        await Assertions.Expect(uploaded).ToBeVisibleAsync();
        await uploaded.ClickAsync();
        await editor.Locator(".mediaFieldSelectButton").ClickAsync();
    }

    /// <summary>Sees the bar go on, on a page that nobody loads again.</summary>
    private static async Task WatchAsync(IPage editor, ReadingPace pace, bool isAttached)
    {
        await editor.GotoAsync("Admin/MediaTorrents");
        var bar = editor.Locator("#media-torrents [role=progressbar]");
        await Assertions.Expect(bar).ToBeVisibleAsync();
        pace.Allow(Length / 3);
        await Eventually.HoldsAsync(async () => await PercentAsync() > 5);
        var before = await PercentAsync();
        pace.Allow(Length / 3);
        await Eventually.HoldsAsync(async () => await PercentAsync() > before + 15);
        Assert.InRange(await PercentAsync(), before, 95);
        if (!isAttached)
        {
            await editor.ShootAsync("media-progress");
        }

        pace.Allow(Length);
        await Assertions.Expect(editor.Locator("#media-torrents [data-state=Ready]").First).ToBeVisibleAsync();
        await Assertions.Expect(bar).ToHaveCountAsync(0);

        async Task<int> PercentAsync() => int.Parse((await bar.GetAttributeAsync("aria-valuenow"))!, CultureInfo.InvariantCulture);
    }

    /// <summary>As a visitor of the item's page, by a click.</summary>
    private async Task<Metainfo> TakeAsync(IPage visitor, ContentItem item, MediaEntry entry)
    {
        await visitor.GotoAsync($"Contents/ContentItems/{item.ContentItemId}");
        var magnet = await visitor.Locator("a[href^='magnet:']").First.GetAttributeAsync("href");
        Assert.Contains($"xt=urn:btih:{entry.InfoHash}", magnet, StringComparison.Ordinal);
        var download = await visitor.RunAndWaitForDownloadAsync(() => visitor.Locator("a[href$='.torrent']").First.ClickAsync());
        var file = Path.Combine(_folder.Path, $"{Guid.NewGuid():n}.torrent");
        await download.SaveAsAsync(file);
        return Metainfo.Parse(await File.ReadAllBytesAsync(file));
    }

    private async Task HideAsync(IPage editor, string path)
    {
        await editor.GotoAsync($"Admin/MediaTorrents?Search={Uri.EscapeDataString(path)}");
        await editor.CheckAsync("[name=itemIds]");
        await editor.SelectOptionAsync("#bulkAction", "Hide");
        await editor.LeaveByAsync("text=Do it");
        await MediaSteps.EventuallyAsync(() => Site.IsHiddenAsync(path), () => $"{path} is not hidden\n{Site.Log}");
    }

    private async Task<ContentItem> FindItemAsync(string title)
    {
        ContentItem? item = null;
        await MediaSteps.EventuallyAsync(
            async () => (item = await Site.InTenantAsync(services => services.GetRequiredService<ISession>()
                .Query<ContentItem, ContentItemIndex>(index => index.DisplayText == title && index.Published).FirstOrDefaultAsync())) is not null,
            () => $"'{title}' is not published.\n{Site.Log}");
        return item!;
    }

    private static string PathOf(ContentItem item) => ((System.Text.Json.Nodes.JsonObject)item.Content)[ContentSteps.Type]!["Files"]!["Paths"]![0]!.GetValue<string>();

    // Those that were removed, too.
    private Task<IEnumerable<MediaEntry>> ListEntriesAsync(MediaEntry like) => Site.InTenantAsync(async services =>
        (await services.GetRequiredService<MediaEntryStore>().Query().ListAsync()).Where(entry => entry.InfoHash == like.InfoHash || MediaTorrent.Files.MediaPaths.IsTemporary(entry.Path)));
}
