namespace OrchardTracker.Swarms;

/// <summary>What a store answers to an announce.</summary>
public struct AnnounceOutcome
{
    public SwarmCounts Counts;

    /// <summary>Endpoints written to each span of the <see cref="PeerSpace"/>.</summary>
    public int Written4;
    public int Written6;

    public StoreVerdict Verdict;

    /// <summary>True when this announce made the client a peer of the swarm.</summary>
    public bool IsNew;

    /// <summary>True when this announce was counted as a completed download.</summary>
    public bool HasCompleted;

    /// <summary>Meaningful where the store keeps accounts.</summary>
    public AccountDelta Account;
}
