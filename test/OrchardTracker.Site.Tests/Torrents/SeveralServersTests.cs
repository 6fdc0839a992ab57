using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Tracker;
using OrchardTracker.Torrents.Counting;
using OrchardTracker.Torrents.Foreign;
using OrchardTracker.Torrents.Moderation;
using OrchardTracker.Torrents.Services;
using OrchardTracker.Torrents.Statistics;
using ISession = YesSql.ISession;

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

    [Fact]
    public async Task Should_add_up_what_the_servers_count_and_forget_what_one_counted_that_is_gone()
    {
        await using var database = await PostgreSqlServer.StartAsync();
        var clock = new SiteClock();
        var options = new SiteOptions
        {
            PostgreSql = database.ConnectionString,
            ConfigureOrchard = orchard =>
            {
                clock.AddTo(orchard);
                orchard.ConfigureServices(services => services.PostConfigure<ForeignClientOptions>(client => client.IsAddressAllowed = _ => true));
            },
        };
        var setUp = await TestSite.StartAsync(options);
        await setUp.EmptyAsync();
        var torrent = await setUp.PublishTorrentAsync("Counted by two");
        var hash = torrent.TrackerHashes[0];
        await using var elsewhere = await StubTracker.StartAsync(hash);
        var folder = await setUp.StopAsync();
        await using var one = await TestSite.StartAsync(options with { Folder = TestSite.Duplicate(folder) });
        var two = await TestSite.StartAsync(options with { Folder = folder });
        using var first = one.CreateClient();
        using (var second = two.CreateClient())
        {
            await first.AnnounceAsync(hash.Announced(), 1001, left: 1, extra: "&event=started");
            await first.AnnounceAsync(hash.Announced(), 1001, left: 0, extra: "&event=completed");
            await first.AnnounceAsync(hash.Announced(), 1002, left: 0);
            await second.AnnounceAsync(hash.Announced(), 1003, left: 1, extra: "&event=started");
            await second.AnnounceAsync(hash.Announced(), 1003, left: 0, extra: "&event=completed");
            await second.AnnounceAsync(hash.Announced(), 1004);
            await CountAsync(one, two, one);

            foreach (var site in new[] { one, two })
            {
                Assert.Equal((3, 1, 2), await ShownAsync(site));
                Assert.Equal((3, 1, 2), await StoredAsync(site));
                Assert.Equal(0, await site.InTenantAsync(services => services.GetRequiredService<CountWriter>().WriteAsync(CancellationToken.None)));
            }

            // What one of them learns from other trackers the other one shows, too.
            await AskAsync(one, $"{elsewhere.Origin}/announce");
            await CountAsync(two);
            Assert.Equal((3 + 7, 1 + 7, 2 + 7), await ShownAsync(two));
        }

        // It starts again as the same server, knows its own, and still overwrites nobody's.
        await using (var again = await TestSite.StartAsync(options with { Folder = await two.StopAsync() }))
        {
            Assert.Equal((3 + 7, 1 + 7, 2 + 7), await ShownAsync(again));
            using var second = again.CreateClient();
            await second.AnnounceAsync(hash.Announced(), 1004, extra: "&event=stopped");
            await CountAsync(again, one);
            Assert.Equal((3 + 7, 7, 2 + 7), await ShownAsync(one));
        }

        // It may be starting again. Then it has told that it ends, and is not there.
        clock.UtcNow += TimeSpan.FromMinutes(1);
        await CountAsync(one);
        Assert.Equal((3 + 7, 7, 2 + 7), await ShownAsync(one));
        clock.UtcNow += TimeSpan.FromMinutes(2);
        await CountAsync(one);
        Assert.Equal((2 + 7, 7, 2 + 7), await ShownAsync(one));
        Assert.Equal((2 + 7, 7, 2 + 7), await StoredAsync(one));

        static async Task CountAsync(params TestSite[] sites)
        {
            foreach (var site in sites)
            {
                await site.RunBackgroundTaskAsync("CountingBackgroundTask");
            }
        }

        Task<(int, int, int)> ShownAsync(TestSite site) => site.InTenantAsync(services =>
        {
            var counts = services.GetRequiredService<TorrentBoard>().Get(hash.ToString());
            return Task.FromResult((counts.Seeders, counts.Leechers, counts.Completed));
        });

        static Task<(int, int, int)> StoredAsync(TestSite site) => site.InTenantAsync(async services =>
        {
            var totals = await services.GetRequiredService<TotalsReader>().SumAsync();
            return (totals.Seeders, totals.Leechers, (int)totals.Completed);
        });

        async Task AskAsync(TestSite site, string url)
        {
            await site.InTenantAsync(async services =>
            {
                await services.GetRequiredService<ForeignTrackers>().SetAsync(hash.ToString(), [url]);
                await services.GetRequiredService<ISession>().SaveChangesAsync();
            });
            await site.RunBackgroundTaskAsync("ForeignBackgroundTask");
        }
    }
}
