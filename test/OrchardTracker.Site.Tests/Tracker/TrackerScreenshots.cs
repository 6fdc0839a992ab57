using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Torrents;
using FreePort = OrchardTracker.Interop.Tests.Node.FreePort;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>Takes the pictures of the docs anew: <c>ORCHARDTRACKER_PICTURES=1 dotnet test … --filter-class …TrackerScreenshots --explicit only</c>.</summary>
public sealed class TrackerScreenshots(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private static readonly string[] PeerIds = ["-TR4050-", "-qB4520-", "-LT2080-", "-DE2110-", "-UT3550-"];

    private TestSite Site => fixture.Site;

    [Fact(Explicit = true)]
    public async Task Should_show_the_pages_of_the_tracker()
    {
        var (swarm, user) = await FillAsync();
        foreach (var (width, suffix) in new[] { (1280, ""), (375, "-phone") })
        {
            var page = await Site.OpenAsAsync(TestSite.AdminName, width);

            // On a phone the menu lies over the page until it is folded; the site then remembers that.
            await page.AddInitScriptAsync("addEventListener('load', () => { if (innerWidth < 500 && !document.body.classList.contains('left-sidebar-compact')) document.querySelector('.leftbar-compactor')?.click(); });");
            await page.GotoAsync("Admin/Tracker");
            await page.WaitForTimeoutAsync(1000);
            await page.ShootAsync("tracker-dashboard" + suffix);
            await page.GotoAsync($"Admin/Tracker/Dashboard/Swarm/{swarm}");
            await page.ShootAsync("tracker-swarm" + suffix);
            await page.GotoAsync("Admin/Tracker/Users?Order=Uploaded");
            await page.ShootAsync("tracker-users" + suffix);
            await page.GotoAsync($"Admin/Tracker/Users/Display/{user}");
            await page.ShootAsync("tracker-user" + suffix);
            await page.GotoAsync("Admin/Settings/tracker");
            await page.ShootAsync("tracker-settings" + suffix);
            await page.ClickAsync(".nav-link:has-text('Network')");
            await page.ShootAsync("tracker-settings-network" + suffix);
            await page.ClickAsync(".nav-link:has-text('Check')");
            await page.ClickAsync("#tracker-check");
            await page.WaitForSelectorAsync("#tracker-check-results");
            await page.ShootAsync("tracker-check" + suffix);
            await page.GotoAsync("Admin/Tracker/Torrents");
            await page.ShootAsync("tracker-torrents" + suffix);
            await page.GotoAsync("Admin/Tracker/Bans");
            await page.ShootAsync("tracker-bans" + suffix);
            await page.GotoAsync("Admin");
            await page.ShootAsync("tracker-widget" + suffix);
            var anna = await Site.OpenAsAsync("anna", width);
            await anna.GotoAsync("tracker/account");
            await anna.ShootAsync("tracker-account" + suffix);
        }
    }

    private async Task<(string Swarm, string User)> FillAsync()
    {
        await Site.SetTrackerAsync(
            ("Mode", "Private"), ("PortAddress", "127.0.0.1"), ("UdpPort", FreePort.Next().ToString()), ("MinimumRatio", "0.5"), ("AddressDays", "30"));
        var first = "";
        List<string> hashes = [];
        foreach (var title in (string[])["Herbarium of the valley", "Debian 13.2.0 amd64 netinst", "Concert in the park", "Maps of the coast"])
        {
            var torrent = await Site.PublishTorrentAsync(title);
            hashes.Add(torrent.InfoHashV1!.Value.Announced());
            first = first.Length == 0 ? torrent.InfoHashV1.Value.ToString() : first;
        }

        var id = "";
        using var client = Site.CreateClient();
        var port = 6881;
        foreach (var name in (string[])["anna", "bert", "clara", "david", "emma"])
        {
            var userId = await Site.AddUserAsync(name);
            id = id.Length == 0 ? userId : id;
            var at = await Site.AnnouncePathOfAsync(name);
            foreach (var hash in hashes.Take(1 + port % hashes.Count))
            {
                var peerId = PeerIds[port % PeerIds.Length];
                await client.AnnounceAsync(hash, ++port, left: 700_000_000, extra: "&event=started", at: at, peerId: peerId);
                await client.AnnounceAsync(hash, port, left: port % 2 == 0 ? 0 : 350_000_000, at: at, peerId: peerId, uploaded: port * 123_456L, downloaded: 350_000_000L);
            }
        }

        for (var i = 0; i < 7; i++)
        {
            await client.AnnounceRefusedAsync(Announcer.Path(hashes[0], 1, at: "0123456789abcdef0123456789abcdef/announce"));
        }

        using var admin = await Site.SignInAsync(TestSite.AdminName);
        using var added = await (await PageForm.ReadAsync(admin, "Admin/Tracker/Torrents/Add")).Set("Text", $"{TrackerSite.HashOf(Announcer.NewHash())}  Songs of the forest\n{TrackerSite.HashOf(Announcer.NewHash())}  Old films").SendAsync();
        using var banned = await (await PageForm.ReadAsync(admin, "Admin/Tracker/Bans/Add")).Set("Kind", "Address").Set("Value", "192.0.2.0/24").Set("Reason", "sends nonsense").SendAsync();

        // The charts want a while of announces.
        for (var round = 0; round < 60; round++)
        {
            for (var i = 0; i <= round % 13; i++)
            {
                await client.GetByteArrayAsync(Announcer.Path(hashes[i % hashes.Count], 1, at: "0123456789abcdef0123456789abcdef/announce"));
            }

            await Task.Delay(1000);
        }

        return (first, id);
    }
}
