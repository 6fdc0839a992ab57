using OrchardTracker.Frontends;
using OrchardTracker.Swarms;

namespace OrchardTracker.Bench;

/// <summary>Whether an announce costs the same in a swarm of any size.</summary>
internal static class EngineBench
{
    // Known peers that announce in turn, at random places of the swarm.
    private const int Announcers = 10_000;

    private static readonly int[] Sizes = [1, 50, 1_000, 100_000];

    public static void Run(TextWriter output)
    {
        var contest = new Contest();
        foreach (var size in Sizes)
        {
            AddEngine(contest, $"engine, {Count(size)}", EngineWith(size), Peers(size));
        }

        var (many, announces) = ManySwarms(rate: null);
        AddEngine(contest, "engine, 80,000 swarms of 10", many, announces);
        (many, announces) = ManySwarms(new RateLimit(perMinute: 60_000, burst: 1_000_000));
        AddEngine(contest, "engine, the same with request rates", many, announces);
        foreach (var size in Sizes)
        {
            AddHttp(contest, $"HTTP handler, {Count(size)}", size, isCompact: true);
        }

        AddHttp(contest, "HTTP handler, 100,000 peers, not compact", 100_000, isCompact: false);
        Print(output, contest.Run());
    }

    private static void Print(TextWriter output, IReadOnlyList<Contest.Result> results)
    {
        output.WriteLine("Announces of peers that are known, each for 50 peers, on one thread. The ratio is to the row of 50 peers.");
        output.WriteLine();
        var table = new Table("path and swarm", "announces/s", "ns each", "ratio", "bytes allocated each");
        foreach (var result in results)
        {
            var path = result.Name[..result.Name.IndexOf(',', StringComparison.Ordinal)];
            var standard = results.First(other => other.Name.StartsWith($"{path}, 50 peers", StringComparison.Ordinal));
            table.Add(result.Name, result.PerSecond, result.Nanoseconds, result.Nanoseconds / standard.Nanoseconds, result.Bytes);
        }

        table.Write(output);
    }

    private static TrackerEngine EngineWith(int peers)
    {
        // One address announces more often here than any limit allows.
        var engine = new TrackerEngine(new TrackerSettings { Rate = null }, TimeProvider.System);
        SwarmOfBench.Fill(engine.Store, SwarmOfBench.Torrent(0), peers);
        return engine;
    }

    private static string Count(int peers) => peers == 1 ? "1 peer" : $"{peers:N0} peers";

    private static PeerAnnounce[] Peers(int size)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Announcers).Select(_ => SwarmOfBench.Peer(SwarmOfBench.Torrent(0), random.Next(size)))];
    }

    private static (TrackerEngine Engine, PeerAnnounce[] Announces) ManySwarms(RateLimit? rate)
    {
        var engine = new TrackerEngine(new TrackerSettings { Rate = rate }, TimeProvider.System);
        for (var torrent = 0; torrent < 80_000; torrent++)
        {
            SwarmOfBench.Fill(engine.Store, SwarmOfBench.Torrent(torrent), 10, from: torrent * 10);
        }

        var random = new Random(1);
        return (engine, [.. Enumerable.Range(0, Announcers).Select(_ =>
        {
            var torrent = random.Next(80_000);
            return SwarmOfBench.Peer(SwarmOfBench.Torrent(torrent), torrent * 10 + random.Next(10));
        })]);
    }

    private static void AddEngine(Contest contest, string name, TrackerEngine engine, PeerAnnounce[] announces)
    {
        var next = 0;
        contest.Add(name, count =>
        {
            Span<Endpoint4> v4 = stackalloc Endpoint4[50];
            Span<Endpoint6> v6 = stackalloc Endpoint6[50];
            for (; count > 0; count--)
            {
                AnnounceRequest request = default;
                request.Peer = announces[next = (next + 1) % announces.Length];
                request.IsCompact = true;
                var reply = engine.Announce(ref request, new PeerSpace(v4, v6));
                if (reply.Failure != Failure.None || reply.IsThrottled)
                {
                    throw new InvalidOperationException($"Refused: {reply.Failure}, throttled: {reply.IsThrottled}.");
                }
            }
        });
    }

    private static void AddHttp(Contest contest, string name, int size, bool isCompact)
    {
        var engine = EngineWith(size);
        var tracker = new HttpTracker(engine, new HttpTrackerOptions());
        var requests = Peers(size).Select(peer => (SwarmOfBench.Query(peer, isCompact), SwarmOfBench.AddressOf(peer))).ToArray();
        var exchange = new HttpExchange();
        var next = 0;
        contest.Add(name, count =>
        {
            for (; count > 0; count--)
            {
                var (query, address) = requests[next = (next + 1) % requests.Length];
                if (!tracker.TryHandle(exchange.Begin(query, address), "/announce") || exchange.Length < 50)
                {
                    throw new InvalidOperationException("The tracker has not answered.");
                }
            }
        });
        if (engine.Counters.Read(Failure.InfoHashInvalid) != 0)
        {
            throw new InvalidOperationException("The queries are wrong.");
        }
    }
}
