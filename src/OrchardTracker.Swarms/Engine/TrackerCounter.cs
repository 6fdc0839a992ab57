namespace OrchardTracker.Swarms;

/// <summary>What a tracker counts of its work, beside the failures.</summary>
public enum TrackerCounter : byte
{
    Announces4,
    Announces6,
    Scrapes,
    Throttled,
    Completed,
    PeersGiven,
    OverHttp,
    OverUdp,
    Connects,
    Dropped,
}
