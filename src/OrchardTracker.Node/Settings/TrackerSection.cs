using OrchardTracker.Frontends;
using OrchardTracker.Swarms;

namespace OrchardTracker.Node;

/// <summary>Settings below <c>Tracker:</c>.</summary>
public sealed record TrackerSection
{
    public required IReadOnlyList<ListenAddress> Addresses { get; init; }

    /// <summary>Of HTTP and UDP; 0 lets the system choose.</summary>
    public required int Port { get; init; }

    public required TrackerSettings Engine { get; init; }

    public required HttpTrackerOptions Http { get; init; }

    public required UdpSection Udp { get; init; }

    /// <summary>A file with the hashes that may be announced beside the published torrents.</summary>
    public string? Whitelist { get; init; }

    /// <summary>A file with the hashes that may not be announced.</summary>
    public string? Blacklist { get; init; }

    /// <summary>Between two searches for peers that have gone without a word.</summary>
    public TimeSpan SweepInterval { get; init; }
}
