namespace OrchardTracker.Node;

/// <summary>Announces since the start.</summary>
internal sealed record AnnounceStatistics(long Total, long Ipv4, long Ipv6, long Throttled, long PeersGiven);
