using OrchardTracker.MediaTorrent.Files;

namespace OrchardTracker.MediaTorrent.Hosting;

/// <summary>What is to be done once the changes are committed.</summary>
/// <param name="Orders">Entries that need a torrent.</param>
/// <param name="Found">What a sweep has found.</param>
public sealed record ReconcileOutcome(IReadOnlyList<MediaOrder> Orders, IReadOnlyList<MediaChange> Found);
