using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Tracker;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>The module's pages by axe-core, on a screen and on a phone.</summary>
public sealed class AccessibilityTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private TestSite Site => fixture.Site;

    [Theory]
    [InlineData(1280)]
    [InlineData(375)]
    public async Task Should_have_no_serious_findings(int width)
    {
        await AxeCore.RequireAsync();
        var torrent = await Site.PublishTorrentAsync($"Audited at {width}", "folder/one.txt", "folder/two.txt");
        using var client = Site.CreateClient();
        await client.AnnounceAsync(torrent.TrackerHashes[0].Announced(), 1001, left: 0);
        List<string> findings = [];

        var visitor = await Site.OpenAsync(width);
        foreach (var path in new[] { "torrents", "torrents?q=audited&size=-100M", $"torrent/audited-at-{width}", $"torrents/{torrent.TrackerHashes[0]}/files", "torrents/statistics" })
        {
            findings.AddRange(await visitor.AuditAsync(path));
        }

        var admin = await Site.OpenAsAsync(TestSite.AdminName, width);
        foreach (var path in new[] { $"torrent/audited-at-{width}", "torrents/upload", await ReviewPathAsync(), "Admin/Torrents/Index", "Admin/Torrents/Upload", "Admin/Torrents/TakenDown", "Admin/Torrents/Trackers", "Admin/Settings/torrents" })
        {
            findings.AddRange(await admin.AuditAsync(path));
        }

        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    private Task<string> ReviewPathAsync() => Site.InTenantAsync(async services =>
    {
        var users = services.GetRequiredService<OrchardCore.Users.Services.IUserService>();
        var administrator = (OrchardCore.Users.Models.User)(await users.GetUserAsync(TestSite.AdminName))!;
        var torrent = await SampleTorrent.CreateAsync("Under review", new TorrentOptions { AnnounceTiers = [["https://tracker.example.org/announce"]] });
        var pending = services.GetRequiredService<OrchardTracker.Torrents.Uploading.PendingUploads>();
        return "torrents/upload/" + await pending.AddAsync(administrator.UserId, [("x.torrent", torrent.Bytes.ToArray()), ("y.torrent", "no torrent"u8.ToArray())]);
    });
}
