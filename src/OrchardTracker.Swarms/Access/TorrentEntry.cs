using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms;

/// <summary>What the tracker knows of a torrent.</summary>
/// <param name="V2">The second hash of a hybrid.</param>
/// <param name="Refusal">Why announces are refused, for the client's user to read; null when they are taken. An empty one is said in the tracker's own words.</param>
/// <param name="IsBlocked">Refused for good: registering it again does not help.</param>
public sealed record TorrentEntry(InfoHash Hash, InfoHash? V2 = null, string? Refusal = null, bool IsBlocked = false);
