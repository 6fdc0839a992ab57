using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;

namespace OrchardTracker.Tracker.Statistics;

/// <summary>
/// Finds the largest swarms and the programs that peers use. Takes time with each swarm, so it is done at most once in a
/// while, however many look. Thread-safe.
/// </summary>
internal sealed class SwarmSurvey(IPeerStore store, TimeProvider time)
{
    private const int MostTop = 10;
    private const int MostClients = 12;

    // A sample tells the shares as well as all would.
    private const int MostPeers = 10_000;
    private const int PeersOfSwarm = 50;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(4);

    private readonly Lock _taking = new();
    private SurveyResult? _result;
    private long _takenAt;

    public SurveyResult Get()
    {
        lock (_taking)
        {
            if (_result is null || time.GetElapsedTime(_takenAt) >= Lifetime)
            {
                _result = Take();
                _takenAt = time.GetTimestamp();
            }

            return _result;
        }
    }

    private SurveyResult Take()
    {
        PriorityQueue<(InfoHash Hash, SwarmCounts Counts), int> top = new();
        Dictionary<string, int> clients = [];
        var (nameless, seen) = (0, 0);
        foreach (var (hash, counts) in store.Enumerate())
        {
            var size = counts.Seeders + counts.Leechers;
            if (size == 0)
            {
                continue;
            }

            top.Enqueue((hash, counts), size);
            if (top.Count > MostTop)
            {
                top.Dequeue();
            }

            if (seen < MostPeers)
            {
                foreach (var peer in store.GetPeers(hash, PeersOfSwarm))
                {
                    seen++;
                    var client = ClientName.Of(peer.Id);
                    if (client.IsKnown)
                    {
                        clients[client.Name] = clients.GetValueOrDefault(client.Name) + 1;
                    }
                    else
                    {
                        nameless++;
                    }
                }
            }
        }

        List<(InfoHash, SwarmCounts)> largest = [];
        while (top.TryDequeue(out var swarm, out _))
        {
            largest.Insert(0, swarm);
        }

        List<(string?, int)> used = [.. clients.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key).Take(MostClients).Select(entry => ((string?)entry.Key, entry.Value))];
        if (nameless > 0)
        {
            used.Add((null, nameless));
        }

        return new SurveyResult(largest, used);
    }
}
