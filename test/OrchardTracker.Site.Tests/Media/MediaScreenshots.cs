using System.Security.Cryptography;
using Microsoft.Playwright;
using OrchardTracker.MediaTorrent.Settings;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>Takes the pictures of the docs anew: <c>ORCHARDTRACKER_PICTURES=1 dotnet test … --filter-class …MediaScreenshots --explicit only</c>.</summary>
public sealed class MediaScreenshots(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private TestSite Site => fixture.Site;

    [Fact(Explicit = true)]
    public async Task Should_show_the_pages_of_editors_and_visitors()
    {
        var item = await FillAsync();
        foreach (var (width, suffix) in new[] { (1280, ""), (375, "-phone") })
        {
            var visitor = await Site.OpenAsync(width);
            await visitor.GotoAsync($"Contents/ContentItems/{item}");
            await visitor.ShootAsync("media-item" + suffix);
            var entry = (await Site.FindEntryAsync("films/harvest.mp4"))!;
            await visitor.GotoAsync($"media-torrents/{entry.EntryId}");
            await visitor.ShootAsync("media-offer" + suffix);

            var editor = await OpenAdminAsync("Admin/MediaTorrents", width);
            await editor.ShootAsync("media-list" + suffix);
            editor = await OpenAdminAsync("Admin/Settings/mediatorrents", width);
            await editor.ShootAsync("media-settings" + suffix);
            await editor.ClickAsync("a[href='#tab-rules']");
            await editor.ClickAsync("details[data-rule] summary >> nth=0");
            await editor.ShootAsync("media-rules" + suffix);
        }
    }

    // On a phone the menu covers the page until it is folded; the admin theme remembers that.
    private async Task<IPage> OpenAdminAsync(string url, int width)
    {
        var page = await Site.OpenAsAsync(TestSite.AdminName, width);
        await page.AddInitScriptAsync("addEventListener('load', () => { if (innerWidth < 500) document.querySelector('.leftbar-compactor')?.click(); });");
        await page.GotoAsync(url);
        return page;
    }

    private async Task<string> FillAsync()
    {
        await Site.SetAsync(settings => settings.Rules =
        [
            new MediaRule { Id = "films", Folder = "films", MediaTypes = "video/*", Choices = new MediaChoices { IsTorrentOnly = true } },
            new MediaRule { Id = "images", Names = "*.iso, *.img", MinLength = 1 << 20, Choices = new MediaChoices { Version = BitTorrent.MetainfoVersion.Hybrid } },
        ]);
        await Site.DefineReleaseAsync();
        foreach (var (path, length) in (KeyValuePair<string, int>[])[new("films/harvest.mp4", 4_300_000), new("handbook-2026.pdf", 1_200_000), new("disks/orchard.iso", 9_000_000), new("empty.bin", 0)])
        {
            await Site.WriteAsync(path, RandomNumberGenerator.GetBytes(length));
            await Site.WaitForEntryAsync(path, entry => entry is { State: MediaTorrent.Entries.MediaEntryState.Ready or MediaTorrent.Entries.MediaEntryState.Failed });
        }

        // Long to hash.
        await using (var large = File.Create(Path.Combine(Site.Folder, "App_Data/Sites/Default/Media/recordings.wav")))
        {
            large.SetLength(40L << 30);
        }

        await Site.SweepAsync();
        return await Site.AddReleaseAsync("Orchard 2026", isPublished: true, "disks/orchard.iso", "films/harvest.mp4", "handbook-2026.pdf");
    }
}
