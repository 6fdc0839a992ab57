using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OrchardCore.Themes.Services;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Tracker;
using OrchardTracker.Torrents.Statistics;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>Takes the pictures of the docs anew: <c>ORCHARDTRACKER_PICTURES=1 dotnet test … --filter-class …TorrentScreenshots --explicit only</c>.</summary>
public sealed class TorrentScreenshots(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private static readonly string[] Clients = ["-qB5000-", "-qB5000-", "-TR4060-", "-qB4650-", "-LT20B0-", "-DE2110-", "-TR4060-"];

    private TestSite Site => fixture.Site;

    [Fact(Explicit = true)]
    public async Task Should_show_the_pages_of_visitors()
    {
        await FillAsync();
        foreach (var (width, suffix) in new[] { (1280, ""), (375, "-phone") })
        {
            var page = await Site.OpenAsync(width);
            await page.GotoAsync("torrents");
            await page.ShootAsync("torrents-list" + suffix);
            await page.GotoAsync("torrents?q=debian&size=100M-1G");
            await page.ShootAsync("torrents-search" + suffix);
            await page.GotoAsync("torrent/debian-13-2-0-amd64-netinst-iso");
            await page.ShootAsync("torrents-details" + suffix);
            await page.GotoAsync("torrents/statistics");
            await page.ShootAsync("torrents-statistics" + suffix);
        }
    }

    [Fact(Explicit = true)]
    public async Task Should_show_the_pages_in_another_theme()
    {
        await FillAsync();
        await Site.EnableFeaturesAsync("TheBlogTheme");
        await Site.InTenantAsync(services => services.GetRequiredService<ISiteThemeService>().SetSiteThemeAsync("TheBlogTheme"));
        var page = await Site.OpenAsync();
        await page.GotoAsync("torrents");
        await page.ShootAsync("torrents-list-blog");
        await page.GotoAsync("torrent/big-buck-bunny-2160p-60-fps");
        await page.ShootAsync("torrents-details-blog");
        await Site.InTenantAsync(services => services.GetRequiredService<ISiteThemeService>().SetSiteThemeAsync("TheTheme"));
    }

    [Fact(Explicit = true)]
    public async Task Should_show_a_front_end_of_somebody_elses()
    {
        await FillAsync();
        await Site.EnableFeaturesAsync("OrchardCore.Cors");
        await using var elsewhere = await StaticServer.StartAsync("docs/front-end.html");
        await Site.RunRecipeAsync(ApiTests.AllowOrigin(elsewhere.Origin));
        var page = await Site.OpenAsync();
        await page.GotoAsync($"{elsewhere.Origin}/?site={Uri.EscapeDataString(Site.Url.ToString())}");
        await page.ClickAsync("button:has-text('Big Buck Bunny')");
        await page.WaitForSelectorAsync("#files li");
        await page.ShootAsync("torrents-front-end");
    }

    [Fact(Explicit = true)]
    public async Task Should_show_the_pages_of_uploaders_and_moderators()
    {
        await FillAsync();
        var waiting = await SampleTorrent.CreateAsync("Herbarium, second part", null, "plants.csv", "Readme.txt");
        await Site.PublishAsync(waiting, new CatalogDetails());
        await Site.InTenantAsync(services => services.GetRequiredService<ITorrentCatalog>().UnpublishAsync(waiting.TrackerHashes[0]));
        foreach (var (width, suffix) in new[] { (1280, ""), (375, "-phone") })
        {
            var page = await Site.OpenAsAsync(TestSite.AdminName, width);

            // On a phone the menu lies over the page until it is folded.
            await page.AddInitScriptAsync("addEventListener('load', () => { if (innerWidth < 500) document.querySelector('.leftbar-compactor')?.click(); });");
            await page.GotoAsync("torrents/upload");
            await page.ShootAsync("torrents-upload" + suffix);
            await page.SetInputFilesAsync("input[type=file]", new FilePayload
            {
                Name = "songs.torrent",
                MimeType = "application/x-bittorrent",
                Buffer = (await SampleTorrent.CreateAsync("Songs of the forest", new TorrentOptions { AnnounceTiers = [["https://tracker.example.org/announce"]] }, "01.flac", "02.flac", "cover.png")).Bytes.ToArray(),
            });
            await page.LeaveByAsync("form.ot-upload button");
            await page.ShootAsync("torrents-review" + suffix);
            await page.GotoAsync("Admin/Torrents/Index");
            await page.ShootAsync("torrents-admin" + suffix);
            await page.GotoAsync("Admin/Torrents/Upload");
            await page.ShootAsync("torrents-admin-upload" + suffix);
            await page.GotoAsync("Admin/Settings/torrents");
            await page.ShootAsync("torrents-settings" + suffix);
            await page.GotoAsync("Admin/Torrents/Trackers");
            await page.ShootAsync("torrents-trackers" + suffix);
        }
    }

    private async Task FillAsync()
    {
        await Site.EmptyAsync();
        const long MiB = 1 << 20;
        (string Title, (string, long)[] Files, int Seeders, int Leechers)[] torrents =
        [
            ("Archive of letters, 1911 to 1923", [("1911/January.tiff", 48 * MiB), ("1911/February.tiff", 51 * MiB), ("1912/March.tiff", 47 * MiB), ("Readme.txt", 2_311)], 2, 0),
            ("debian-13.2.0-amd64-netinst.iso", [("", 784 * MiB)], 41, 6),
            ("debian-13.2.0-arm64-netinst.iso", [("", 702 * MiB)], 12, 1),
            ("Big Buck Bunny (2160p, 60 fps)", [("bbb_sunflower_2160p_60fps.mp4", 642 * MiB), ("subtitles/de.srt", 3_120), ("subtitles/en.srt", 2_980), ("poster.jpg", 312_000)], 17, 4),
            ("Каталог растений Сибири", [("plants.db", 220 * MiB), ("images/0001.webp", MiB), ("images/0002.webp", MiB)], 3, 0),
            ("Field recordings: rain on a tin roof", [("rain.flac", 412 * MiB), ("cover.png", 800_000)], 0, 2),
            ("OpenStreetMap planet, 2026-11", [("", 92_000 * MiB)], 29, 11),
        ];
        await Site.InTenantAsync(async services =>
        {
            var totals = services.GetRequiredService<TotalsReader>();
            var today = (int)(DateTime.UtcNow - DateTime.UnixEpoch).TotalDays;
            for (var day = 60; day > 0; day--)
            {
                await totals.WriteAsync(today - day, new SiteTotals(7 - (day / 10), (60 - day) * 1_500 * MiB, 104 - day, 40 - (day / 2) + (day % 7), 2 * (60 - day), 25 * (60 - day), (60 - day) * 45_000 * MiB));
            }
        });
        using var client = Site.CreateClient();
        var port = 2_000;
        foreach (var (title, files, seeders, leechers) in torrents)
        {
            var torrent = SampleTorrent.Invent(title.Replace(" ", ".", StringComparison.Ordinal), files);
            await Site.PublishAsync(torrent, new CatalogDetails { Title = title, Description = "Described in **Markdown**, with [links](https://example.org/)." });
            for (var peer = 0; peer < seeders + leechers; peer++)
            {
                await client.AnnounceAsync(torrent.TrackerHashes[0].Announced(), ++port, peerId: Clients[port % Clients.Length]);
                if (peer < seeders)
                {
                    await client.AnnounceAsync(torrent.TrackerHashes[0].Announced(), port, left: 0, extra: "&event=completed", peerId: Clients[port % Clients.Length]);
                }
            }
        }

        await Site.RunBackgroundTaskAsync("CountingBackgroundTask");
    }
}
