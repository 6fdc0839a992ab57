using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms;

/// <summary>A part of the swarms under a lock of its own.</summary>
internal sealed class SwarmShard
{
    public Lock Gate { get; } = new();

    public Dictionary<InfoHash, Swarm> Swarms { get; } = [];
}
