using OrchardTracker.Swarms;

namespace OrchardTracker.Bench;

/// <summary>What the greatest load takes that a predecessor claims: 80,000 torrents and 800,000 peers.</summary>
internal static class MemoryBench
{
    private const int Torrents = 80_000;
    private const int Peers = 800_000;

    public static void Run(TextWriter output)
    {
        output.WriteLine($"{Torrents:N0} torrents, {Peers:N0} peers. Measured by the garbage collector, all tables included.");
        output.WriteLine();
        var table = new Table("peers", "MB in all", "bytes each", "of which in swarms", "peers in the largest swarm");
        int[] even = [.. Enumerable.Repeat(Peers / Torrents, Torrents)];
        int[] one = [Peers];
        var uneven = Uneven();
        Measure(table, "IPv4, 10 in each swarm", even, isV6: false, hasUsers: false);
        Measure(table, "IPv4, few large swarms, many small", uneven, isV6: false, hasUsers: false);
        Measure(table, "IPv6, few large swarms, many small", uneven, isV6: true, hasUsers: false);
        Measure(table, "IPv4 with accounts, few large swarms, many small", uneven, isV6: false, hasUsers: true);
        Measure(table, "IPv4, all in one swarm", one, isV6: false, hasUsers: false);
        table.Write(output);
    }

    /// <summary>Each torrent has a peer; of the others the n-th torrent has a share of about 1/n.</summary>
    private static int[] Uneven()
    {
        var random = new Random(1);
        int[] peers = [.. Enumerable.Repeat(1, Torrents)];
        for (var peer = Torrents; peer < Peers; peer++)
        {
            peers[(int)Math.Exp(random.NextDouble() * Math.Log(Torrents)) - 1]++;
        }

        return peers;
    }

    private static void Measure(Table table, string name, int[] peersOf, bool isV6, bool hasUsers)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var store = new MemoryPeerStore(new StoreLimits(), TimeProvider.System);
        var next = 0;
        for (var torrent = 0; torrent < peersOf.Length; torrent++)
        {
            var hash = SwarmOfBench.Torrent(torrent);
            for (var peer = peersOf[torrent]; peer > 0; peer--, next++)
            {
                store.Announce(SwarmOfBench.Peer(hash, next, isV6, hasUsers ? next + 1 : 0), default);
            }
        }

        var taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        var totals = store.GetTotals();
        var largest = store.Enumerate().Max(swarm => swarm.Value.Seeders + swarm.Value.Leechers);
        table.Add(name, taken / 1e6, (double)taken / totals.Peers, (double)totals.Bytes / totals.Peers, largest);
        if (totals.Peers != Peers || totals.Swarms != peersOf.Length)
        {
            throw new InvalidOperationException($"{totals} are not the load that was meant.");
        }

        GC.KeepAlive(store);
    }
}
