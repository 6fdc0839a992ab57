using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Tracker;
using OrchardTracker.Torrents.Foreign;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>Counts of other trackers: here that of a second site.</summary>
public sealed class ForeignTests
{
    private const string Asking = "ForeignBackgroundTask";

    [Fact]
    public async Task Should_show_the_sum_of_all_trackers_and_each_for_itself()
    {
        await using var other = await TestSite.StartAsync();
        await using var site = await TestSite.StartAsync(new SiteOptions { ConfigureOrchard = AllowLoopback });
        await site.EmptyAsync();
        var torrent = await PublishAsync(site, "Known elsewhere", $"{other.Url}announce");
        await other.PublishAsync(torrent, new CatalogDetails());
        using var client = site.CreateClient();
        using var otherClient = other.CreateClient();
        var hash = torrent.TrackerHashes[0].Announced();
        await client.AnnounceAsync(hash, 1001, left: 0);
        await otherClient.AnnounceAsync(hash, 1002, left: 0);
        await otherClient.AnnounceAsync(hash, 1003, left: 0);
        await otherClient.AnnounceAsync(hash, 1004, left: 1);

        await site.RunBackgroundTaskAsync(Asking);

        var counts = await client.GetStringAsync($"api/torrents/counts?h={torrent.TrackerHashes[0]}");
        Assert.Contains("\"seeders\":3,\"leechers\":1", counts, StringComparison.Ordinal);
        var page = await client.GetStringAsync("torrent/known-elsewhere");
        Assert.Contains($"{other.Url}announce", page, StringComparison.Ordinal);
        Assert.Contains("<td>2</td>", page, StringComparison.Ordinal);
        Assert.Contains("Known elsewhere", await client.GetStringAsync("torrents?alive=1"), StringComparison.Ordinal);
        using var admin = await site.SignInAsync(TestSite.AdminName);
        Assert.Contains("of 1 questions", await admin.GetStringAsync("Admin/Torrents/Trackers"), StringComparison.Ordinal);

        // No question before its time, and no tracker once no torrent names it.
        await site.RunBackgroundTaskAsync(Asking);
        Assert.Equal(1, Assert.Single(await ListAsync(site)).Asked);
        await site.InTenantAsync(services => services.GetRequiredService<ITorrentCatalog>().UnpublishAsync(torrent.TrackerHashes[0]));
        await site.RunBackgroundTaskAsync(Asking);
        Assert.Empty(await ListAsync(site));
    }

    [Fact]
    public async Task Should_never_contact_private_addresses_and_wait_ever_longer()
    {
        await using var other = await TestSite.StartAsync();
        await using var site = await TestSite.StartAsync();
        await site.EmptyAsync();
        var torrent = await PublishAsync(site, "Inside", $"{other.Url}announce", $"udp://127.0.0.1:{other.Url.Port}/announce", $"http://localhost:{other.Url.Port}/announce");
        await other.PublishAsync(torrent, new CatalogDetails());

        await site.RunBackgroundTaskAsync(Asking);

        var trackers = await ListAsync(site);
        Assert.Equal(3, trackers.Count);
        Assert.All(trackers, tracker => Assert.Contains("no address that may be connected to", tracker.Fault, StringComparison.Ordinal));
        Assert.All(trackers, tracker => Assert.Equal((1, 0, 1), (tracker.Asked, tracker.Answered, tracker.Failures)));
        await site.RunBackgroundTaskAsync(Asking);
        Assert.All(await ListAsync(site), tracker => Assert.Equal(1, tracker.Asked));
    }

    [Fact]
    public async Task Should_ask_no_tracker_of_a_private_torrent()
    {
        await using var site = await TestSite.StartAsync();
        await site.EmptyAsync();
        var torrent = await SampleTorrent.CreateAsync("Members only", new TorrentOptions { IsPrivate = true, AnnounceTiers = [["https://members.example.org/0123456789abcdef0123/announce"]] });
        await SetTrackersAsync(site, torrent, "https://members.example.org/0123456789abcdef0123/announce");

        Assert.Empty(await ListAsync(site));
    }

    private static async Task<Metainfo> PublishAsync(TestSite site, string title, params string[] trackers)
    {
        var torrent = await SampleTorrent.CreateAsync(title);
        await SetTrackersAsync(site, torrent, trackers);
        return torrent;
    }

    private static async Task SetTrackersAsync(TestSite site, Metainfo torrent, params string[] trackers)
    {
        await site.PublishAsync(torrent, new CatalogDetails());
        await site.InTenantAsync(async services =>
        {
            var items = services.GetRequiredService<OrchardTracker.Torrents.Services.TorrentItems>();
            await items.ChangeAsync(await items.FindVersionsAsync(torrent.TrackerHashes[0]), part => part.Trackers = [.. trackers.Select(url => new List<string> { url })]);
        });
    }

    private static Task<List<ForeignTracker>> ListAsync(TestSite site) =>
        site.InTenantAsync(services => services.GetRequiredService<ForeignTrackers>().ListAsync(0, 10));

    private static void AllowLoopback(OrchardCoreBuilder builder) => builder.ConfigureServices(
        services => services.PostConfigure<ForeignClientOptions>(options => options.IsAddressAllowed = _ => true));
}
