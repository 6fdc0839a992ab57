using System.Net;

namespace OrchardTracker.BitTorrent;

/// <summary>What a tracker answers to an announce (BEP 3, 7, 15, 23, 24).</summary>
public sealed record TrackerAnnounceResponse
{
    /// <summary>When to announce again; 30 minutes where the tracker does not say.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>Before this time the tracker does not want to hear from the client again.</summary>
    public TimeSpan? MinInterval { get; init; }

    /// <summary>To be handed back with the next announce.</summary>
    public ReadOnlyMemory<byte>? TrackerId { get; init; }

    /// <summary>Something for the user; the announce was accepted all the same.</summary>
    public string? WarningMessage { get; init; }

    /// <summary>The address under which the tracker sees the client (BEP 24).</summary>
    public IPAddress? ExternalAddress { get; init; }

    /// <summary><c>complete</c></summary>
    public int? Seeders { get; init; }

    /// <summary><c>incomplete</c></summary>
    public int? Leechers { get; init; }

    /// <summary>How often the torrent was downloaded to its end.</summary>
    public int? Downloaded { get; init; }

    /// <summary>IPv4 and IPv6 together.</summary>
    public IReadOnlyList<TrackerPeer> Peers { get; init; } = [];
}
