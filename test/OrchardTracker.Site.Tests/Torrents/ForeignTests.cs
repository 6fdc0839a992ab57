using System.Security.Cryptography;
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

    [Theory]
    [InlineData("unnamed")]
    [InlineData("unpublished")]
    [InlineData("not asked")]
    public async Task Should_forget_what_was_said_by_trackers_that_are_not_asked_any_more(string why)
    {
        await using var site = await TestSite.StartAsync(new SiteOptions { ConfigureOrchard = AllowLoopback });
        await site.EmptyAsync();
        var torrent = await SampleTorrent.CreateAsync("Forgotten");
        var hash = Convert.ToHexString(torrent.TrackerHashes[0].ToArray());
        await using var tracker = await StubTracker.StartAsync(torrent.TrackerHashes[0]);
        await SetTrackersAsync(site, torrent, $"{tracker.Origin}/announce");
        await site.RunBackgroundTaskAsync(Asking);
        using var client = site.CreateClient();
        Assert.Contains("\"seeders\":7", await client.GetStringAsync($"api/torrents/counts?h={hash}"), StringComparison.Ordinal);
        Assert.Contains("Forgotten", await client.GetStringAsync("torrents?alive=1"), StringComparison.Ordinal);

        switch (why)
        {
            case "unnamed":
                await SetTrackersAsync(site, torrent);
                break;
            case "unpublished":
                await site.InTenantAsync(services => services.GetRequiredService<ITorrentCatalog>().UnpublishAsync(torrent.TrackerHashes[0]));
                await site.PublishAsync(torrent, new CatalogDetails());
                break;
            default:
                await site.RunRecipeAsync("""{ "name": "settings", "TorrentSettings": { "AsksForeignTrackers": false } }""");
                await site.RunBackgroundTaskAsync(Asking);
                break;
        }

        await site.RunBackgroundTaskAsync("CountingBackgroundTask");
        Assert.Contains("\"seeders\":0", await client.GetStringAsync($"api/torrents/counts?h={hash}"), StringComparison.Ordinal);
        Assert.DoesNotContain("Forgotten", await client.GetStringAsync("torrents?alive=1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_leave_a_tracker_alone_as_long_as_it_wants()
    {
        await using var site = await TestSite.StartAsync(new SiteOptions { ConfigureOrchard = AllowLoopback });
        await site.EmptyAsync();
        await using var tracker = await StubTracker.StartAsync("d5:filesde5:flagsd20:min_request_intervali86400eee");
        await NameAsync(site, 60, $"{tracker.Origin}/announce");

        await site.RunBackgroundTaskAsync(Asking);
        await site.RunBackgroundTaskAsync(Asking);

        Assert.Equal(50, Assert.Single(tracker.Questions).Length);
    }

    [Fact]
    public async Task Should_ask_about_others_and_fewer_when_a_tracker_refuses()
    {
        await using var site = await TestSite.StartAsync(new SiteOptions { ConfigureOrchard = AllowLoopback });
        await site.EmptyAsync();
        await using var tracker = await StubTracker.StartAsync("d14:failure reason8:Too many8:retry ini0ee");
        await NameAsync(site, 100, $"{tracker.Origin}/announce");

        for (var i = 0; i < 3; i++)
        {
            await site.RunBackgroundTaskAsync(Asking);
        }

        Assert.Equal([50, 25, 12], tracker.Questions.Select(question => question.Length));
        Assert.Equal(87, tracker.Questions.SelectMany(question => question).Distinct().Count());
    }

    [Fact]
    public async Task Should_ask_one_question_at_a_time_of_a_host()
    {
        await using var site = await TestSite.StartAsync(new SiteOptions { ConfigureOrchard = AllowLoopback });
        await site.EmptyAsync();
        await using var tracker = await StubTracker.StartAsync("d5:filesdee", TimeSpan.FromMilliseconds(200));
        await NameAsync(site, 1, $"{tracker.Origin}/announce", $"{tracker.Origin}/one/announce", $"{tracker.Origin}/two/announce");

        await site.RunBackgroundTaskAsync(Asking);

        Assert.Equal((3, 1), (tracker.Questions.Count, tracker.MostAtOnce));
    }

    /// <summary>Lets torrents that nobody needs to see name trackers.</summary>
    private static Task NameAsync(TestSite site, int count, params string[] trackers) => site.InTenantAsync(async services =>
    {
        for (var i = 0; i < count; i++)
        {
            await services.GetRequiredService<ForeignTrackers>().SetAsync(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)), trackers);
        }
    });

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
