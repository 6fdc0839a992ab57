namespace OrchardTracker.Swarms.Tests.Model;

/// <summary>What a naive store says an announce must be answered with.</summary>
internal sealed record Expectation
{
    public StoreVerdict Verdict { get; init; }

    public bool IsNew { get; init; }

    public bool HasCompleted { get; init; }

    public long Uploaded { get; init; }

    public long Downloaded { get; init; }

    public long Corrupt { get; init; }

    /// <summary>Null when there is none.</summary>
    public NaiveSwarm? Swarm { get; init; }

    /// <summary>Who may be in the reply.</summary>
    public IReadOnlyList<NaivePeer> Eligible { get; init; } = [];
}
