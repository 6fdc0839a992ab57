using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Tracker;

namespace OrchardTracker.Site.Tests.EndToEnd;

/// <summary>The home page and the pages of the tracker and of media torrents by axe-core, on a screen and on a phone.</summary>
public sealed class AccessibilityTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private TestSite Site => fixture.Site;

    [Theory]
    [InlineData(1280)]
    [InlineData(375)]
    public async Task Should_have_no_serious_findings(int width)
    {
        await AxeCore.RequireAsync();
        await Site.SetTrackerAsync(("Mode", "Open"));
        var hash = Announcer.NewHash();
        using var client = Site.CreateClient();
        await client.AnnounceAsync(hash, 1001, left: 0);
        await client.AnnounceAsync(hash, 1002, left: 7);

        List<string> findings = [.. await (await Site.OpenAsync(width)).AuditAsync("")];
        var admin = await Site.OpenAsAsync(TestSite.AdminName, width);
        string[] pages =
        [
            "Admin", "Admin/Tracker", $"Admin/Tracker/Dashboard/Swarm/{TrackerSite.HashOf(hash)}", "Admin/Tracker/Torrents",
            "Admin/Tracker/Torrents/Add", "Admin/Tracker/Torrents/Blocked", "Admin/Tracker/Users", "Admin/Tracker/Bans",
            "Admin/Tracker/Bans/Add", "Admin/Tracker/Check", "Admin/Settings/tracker", "tracker/account", "Admin/MediaTorrents",
            "Admin/Settings/mediatorrents",
        ];
        foreach (var path in pages)
        {
            findings.AddRange(await admin.AuditAsync(path));
        }

        await Site.SetTrackerAsync(("Mode", "Private"));
        findings.AddRange(await admin.AuditAsync("tracker/account"));

        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }
}
