namespace OrchardTracker.Swarms;

/// <summary>
/// What a store may grow to. When a bound is reached, those who are in stay in: a new swarm is refused, a new peer is
/// served but not remembered.
/// </summary>
public sealed record StoreLimits
{
    public int MaxSwarms { get; init; } = 2_000_000;

    public int MaxPeers { get; init; } = 20_000_000;

    /// <summary>In one swarm and family.</summary>
    public int MaxPeersPerSwarm { get; init; } = 2_000_000;

    /// <summary>Of one user in one swarm and family, where users are known.</summary>
    public int MaxPeersPerUser { get; init; } = 16;

    /// <summary>A peer that has not announced for so long is gone. At most a day.</summary>
    public TimeSpan PeerLifetime { get; init; } = TimeSpan.FromMinutes(45);

    /// <summary>A swarm without peers keeps its count of completed downloads for so long.</summary>
    public TimeSpan EmptySwarmLifetime { get; init; } = TimeSpan.FromDays(1);
}
