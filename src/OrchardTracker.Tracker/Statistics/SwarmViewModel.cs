using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Services;

namespace OrchardTracker.Tracker.Statistics;

/// <summary>A swarm with its peers.</summary>
public class SwarmViewModel
{
    public InfoHash Hash { get; init; }

    public TorrentName? Name { get; init; }

    public SwarmCounts Counts { get; init; }

    public IReadOnlyList<PeerView> Peers { get; init; } = [];

    public bool ShowsAddresses { get; init; }

    /// <summary>Users by their numbers; empty for who may not see them.</summary>
    public IReadOnlyDictionary<int, (string Id, string Name)> Users { get; init; } = new Dictionary<int, (string, string)>();
}
