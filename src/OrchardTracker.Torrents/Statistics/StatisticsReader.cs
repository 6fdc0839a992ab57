using Microsoft.Extensions.Caching.Memory;
using OrchardCore.Modules;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Counting;
using OrchardTracker.Torrents.Searching;

namespace OrchardTracker.Torrents.Statistics;

/// <summary>What the site shows of itself, counted at most once a minute.</summary>
public sealed class StatisticsReader(
    TotalsReader totals, TorrentFinder finder, TorrentBoard board, IMemoryCache cache, IClock clock, IServiceProvider services)
{
    private const int ChartDays = 365;
    private const int MostSwarms = 50;
    private const int MostPeers = 200;
    private const int MostClients = 12;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    public async Task<SiteStatistics> ReadAsync() => (await cache.GetOrCreateAsync(typeof(StatisticsReader), entry =>
    {
        entry.AbsoluteExpirationRelativeToNow = Lifetime;
        return CountAsync();
    }))!;

    private async Task<SiteStatistics> CountAsync()
    {
        var today = DaySampler.DayOf(clock.UtcNow);
        var now = await totals.SumAsync();
        var date = DateOnly.FromDateTime(clock.UtcNow);
        var days = (await totals.ListDaysAsync(today - ChartDays + 1)).Where(day => day.Date < date).Append(new SiteDay(date, now));
        var store = board.GetTotals();
        return new SiteStatistics(now, store.Swarms, store.Peers, [.. days], await CountClientsAsync());
    }

    /// <summary>Looks at the peers of the swarms with the most seeders and leechers: all of them would be too many to walk over.</summary>
    private async Task<IReadOnlyList<ClientShare>> CountClientsAsync()
    {
        if (services.GetService(typeof(ISiteTracker)) is not ISiteTracker tracker)
        {
            return [];
        }

        var hashes = new HashSet<InfoHash>();
        foreach (var order in new[] { TorrentOrder.Seeders, TorrentOrder.Leechers })
        {
            foreach (var hit in await finder.FindAsync(new TorrentQuery { Order = order, IsAlive = order == TorrentOrder.Seeders }, MostSwarms))
            {
                if (InfoHash.TryParseHex(hit.InfoHash, out var hash))
                {
                    hashes.Add(hash);
                }
            }
        }

        var peers = hashes.SelectMany(hash => tracker.GetPeers(hash, MostPeers)).ToList();
        return
        [
            .. peers.CountBy(peer => ClientName.Of(peer.Id).Name)
                .OrderByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Take(MostClients)
                .Select(pair => new ClientShare(pair.Key, pair.Value, (double)pair.Value / peers.Count)),
        ];
    }
}
