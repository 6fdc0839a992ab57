using System.Net;

namespace OrchardTracker.BitTorrent;

/// <summary>What a client tells a tracker (BEP 3).</summary>
public sealed record TrackerAnnounceRequest
{
    public required InfoHash InfoHash { get; init; }

    public required PeerId PeerId { get; init; }

    /// <summary>Where the client listens.</summary>
    public required int Port { get; init; }

    /// <summary>Bytes since the start of the session.</summary>
    public long Uploaded { get; init; }

    /// <summary>Bytes since the start of the session.</summary>
    public long Downloaded { get; init; }

    /// <summary>Bytes that are still missing; nothing makes it a seeder.</summary>
    public long Left { get; init; }

    public AnnounceEvent Event { get; init; }

    /// <summary>How many peers are wanted; null leaves it to the tracker.</summary>
    public int? NumWant { get; init; }

    /// <summary>Proves to the tracker that it is the same client at another address (BEP 7, BEP 15).</summary>
    public uint Key { get; init; }

    /// <summary>What the tracker has called itself in its last reply. HTTP only.</summary>
    public ReadOnlyMemory<byte>? TrackerId { get; init; }

    /// <summary>Whether to ask for the compact list (BEP 23). HTTP only: UDP knows no other.</summary>
    public bool Compact { get; init; } = true;

    /// <summary>The address to name as one's own; trackers mostly ignore it. HTTP only.</summary>
    public IPAddress? Ip { get; init; }
}
