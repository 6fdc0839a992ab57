namespace OrchardTracker.Swarms;

/// <summary>What the engine answers to an announce; a front-end puts it on the wire.</summary>
public struct AnnounceReply
{
    public Failure Failure;

    /// <summary>A text in place of the failure's own, for example why a torrent is withdrawn.</summary>
    public string? FailureDetail;

    /// <summary>Counts and the number of peers written. Empty on failure.</summary>
    public AnnounceOutcome Outcome;

    /// <summary>Seconds until the next regular announce, with jitter.</summary>
    public int Interval;

    /// <summary>Seconds that must lie between two announces.</summary>
    public int MinInterval;

    /// <summary>The address has announced too often: counts only, and <see cref="Interval"/> is what it must wait.</summary>
    public bool IsThrottled;

    public readonly ReadOnlySpan<byte> Warning => Outcome.Verdict switch
    {
        _ when IsThrottled => "you announce too often: no peers until the interval is over"u8,
        StoreVerdict.TooManyPeers => "this tracker is full: other peers will not be told of you"u8,
        StoreVerdict.TooManyPeersOfUser => "you run too many clients on this torrent: this one is given no peers"u8,
        _ => default,
    };
}
