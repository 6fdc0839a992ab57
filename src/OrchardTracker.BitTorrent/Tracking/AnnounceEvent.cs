namespace OrchardTracker.BitTorrent;

/// <summary>Why a client announces. The numbers are those of BEP 15; <see cref="Paused"/> (BEP 21) has none there and goes by HTTP only.</summary>
public enum AnnounceEvent
{
    /// <summary>One of the announces at regular intervals.</summary>
    None = 0,

    /// <summary>The download has just become complete.</summary>
    Completed = 1,

    /// <summary>The first announce of a session.</summary>
    Started = 2,

    /// <summary>The client leaves the swarm.</summary>
    Stopped = 3,

    /// <summary>The client has what it wants, which is not all, and only uploads from now on (BEP 21).</summary>
    Paused = 4,
}
