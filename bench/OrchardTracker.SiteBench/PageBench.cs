using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.Bench;
using YesSql;

namespace OrchardTracker.SiteBench;

/// <summary>Times pages round by round, so that whatever else the machine does meets all of them.</summary>
internal static class PageBench
{
    private const int WarmUps = 3;
    private const int Rounds = 25;

    public static async Task RunAsync(TextWriter output, int count, string? postgreSql, string? folder)
    {
        await using var site = await BenchSite.StartAsync(postgreSql, folder);
        await BenchTorrents.FillAsync(site, count, Console.Error);
        IStore? store = null;
        await site.InTenantAsync(services =>
        {
            store = services.GetRequiredService<IStore>();
            return Task.CompletedTask;
        });
        using var queries = QueryCounter.Attach(store!);
        using var admin = await site.SignInAsync();
        using var visitor = new HttpClient { BaseAddress = site.Url, Timeout = TimeSpan.FromMinutes(5) };
        var slug = BenchTorrents.Title(count / 2).Replace(' ', '-');
        Page[] pages =
        [
            new("Orchard Core's list of content", admin, "Admin/Contents/ContentItems"),
            new("Orchard Core's list, searched", admin, "Admin/Contents/ContentItems?q=text%3Aheron"),
            new("list", visitor, "torrents"),
            new("list, page 100", visitor, "torrents?pagenum=100"),
            new("list, last page", visitor, $"torrents?pagenum={count / 25}"),
            new("list by seeders", visitor, "torrents?sort=seeders"),
            new("search, rare word", visitor, $"torrents?q={count / 2}"),
            new("search, three frequent words", visitor, "torrents?q=heron+moss+otter"),
            new("search, one frequent word", visitor, "torrents?q=heron"),
            new("details", visitor, $"torrent/{slug}"),
            new("API, page of 25", visitor, "api/torrents"),
            new("RSS", visitor, "torrents/feed.rss"),
            new("moderators' list", admin, "Admin/Torrents/Index"),
        ];
        for (var round = 0; round < WarmUps + Rounds; round++)
        {
            foreach (var page in pages)
            {
                await page.GetAsync(queries, isMeasured: round >= WarmUps);
            }
        }

        var table = new Table($"page, {count:N0} torrents on {(postgreSql is null ? "SQLite" : "PostgreSQL")}", "ms", "ratio", "queries");
        foreach (var page in pages)
        {
            table.Add(page.Name, page.Median, page.Median / pages[0].Median, page.Queries);
        }

        table.Write(output);
        GC.Collect();
        await output.WriteLineAsync($"Managed memory after it: {GC.GetTotalMemory(forceFullCollection: true) / (1 << 20):N0} MiB; working set {Environment.WorkingSet / (1 << 20):N0} MiB.");
    }

    private sealed class Page(string name, HttpClient client, string path)
    {
        private readonly List<double> _times = [];

        public string Name => name;

        /// <summary>In milliseconds.</summary>
        public double Median => _times.Order().ElementAt(_times.Count / 2);

        /// <summary>The most that a request has needed.</summary>
        public int Queries { get; private set; }

        public async Task GetAsync(QueryCounter queries, bool isMeasured)
        {
            queries.Take();
            var start = Stopwatch.GetTimestamp();
            using var response = await client.GetAsync(path);
            await response.Content.ReadAsByteArrayAsync();
            var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            response.EnsureSuccessStatusCode();
            if (isMeasured)
            {
                _times.Add(time);
                Queries = Math.Max(Queries, queries.Take());
            }
        }
    }
}
