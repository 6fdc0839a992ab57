using OrchardTracker.BitTorrent;

namespace OrchardTracker.Torrents.Moderation;

/// <summary>A torrent that was taken down: it is refused for good, whoever uploads it again.</summary>
/// <param name="V2">The second hash of a hybrid.</param>
/// <param name="Reason">For its uploader and for moderators.</param>
/// <param name="By">The name of who decided.</param>
public sealed record Takedown(InfoHash InfoHash, InfoHash? V2, string Title, string Reason, string? By, DateTimeOffset At);
