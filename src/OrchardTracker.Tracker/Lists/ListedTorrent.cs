using OrchardTracker.BitTorrent;

namespace OrchardTracker.Tracker.Lists;

/// <summary>A torrent in one of the tracker's own lists.</summary>
/// <param name="V2">The second hash of a hybrid.</param>
/// <param name="Reason">Why it is blocked; null in the list of registered ones.</param>
/// <param name="AddedBy">The name of the user who added it.</param>
public sealed record ListedTorrent(
    InfoHash Hash, InfoHash? V2, string? Name, string? Reason = null, string? AddedBy = null, DateTimeOffset AddedAt = default);
