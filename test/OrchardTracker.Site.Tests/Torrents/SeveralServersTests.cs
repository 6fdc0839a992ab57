using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Tracker;
using OrchardTracker.Torrents.Moderation;
using OrchardTracker.Torrents.Services;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>Two servers of one site, that have nothing in common but the database.</summary>
public sealed class SeveralServersTests
{
    [Fact]
    public async Task Should_follow_what_the_other_server_publishes_unpublishes_and_takes_down()
    {
        await using var database = await PostgreSqlServer.StartAsync();
        var setUp = await TestSite.StartAsync(new SiteOptions { PostgreSql = database.ConnectionString });
        await setUp.EmptyAsync();
        var folder = await setUp.StopAsync();
        await using var one = await TestSite.StartAsync(new SiteOptions { Folder = TestSite.Duplicate(folder), PostgreSql = database.ConnectionString });
        await using var two = await TestSite.StartAsync(new SiteOptions { Folder = folder, PostgreSql = database.ConnectionString });
        using var client = two.CreateClient();

        var torrent = await one.PublishTorrentAsync("Published elsewhere");
        var hash = torrent.TrackerHashes[0];
        await Eventually.HoldsAsync(async () => await CountsAsync() != "[]");
        await AnswersAsync("incomplete");
        Assert.Contains("\"leechers\":1", await CountsAsync(), StringComparison.Ordinal);

        await one.InTenantAsync(services => services.GetRequiredService<ITorrentCatalog>().UnpublishAsync(hash));
        await AnswersAsync("This torrent is not published.");
        Assert.Equal("[]", await CountsAsync());

        await one.PublishAsync(torrent, new CatalogDetails());
        await AnswersAsync("incomplete");

        await one.InTenantAsync(async services =>
        {
            var items = services.GetRequiredService<TorrentItems>();
            Assert.True(await services.GetRequiredService<TorrentModerator>().TakeDownAsync((await items.FindVersionsAsync(hash))[0], "A reason", null));
        });
        await AnswersAsync("failure reason");
        await one.InTenantAsync(services => services.GetRequiredService<Takedowns>().LiftAsync(hash));
        await one.PublishAsync(torrent, new CatalogDetails());
        await AnswersAsync("incomplete");

        Task<string> CountsAsync() => client.GetStringAsync($"api/torrents/counts?h={hash}");

        Task AnswersAsync(string words) => Eventually.HoldsAsync(
            async () => (await client.GetStringAsync(Announcer.Path(hash.Announced(), 1001))).Contains(words, StringComparison.Ordinal));
    }
}
