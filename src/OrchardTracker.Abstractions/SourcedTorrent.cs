using OrchardTracker.BitTorrent;

namespace OrchardTracker;

/// <summary>A torrent that a module has.</summary>
/// <param name="V2">The second hash of a hybrid.</param>
/// <param name="Refusal">Why its announces are to be refused for now; null when they are to be taken.</param>
/// <param name="IsBlocked">Whether it was taken down: it is refused whoever else has it.</param>
/// <param name="IsFreeLeech">Whether downloading it counts in nobody's account.</param>
public sealed record SourcedTorrent(
    InfoHash InfoHash, InfoHash? V2 = null, string? Refusal = null, bool IsBlocked = false, bool IsFreeLeech = false);
