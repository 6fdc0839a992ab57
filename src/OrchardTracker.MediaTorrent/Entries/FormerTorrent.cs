namespace OrchardTracker.MediaTorrent.Entries;

/// <summary>A torrent that a newer one has replaced.</summary>
/// <param name="InfoHash">The hash it is stored under, in hexadecimal.</param>
/// <param name="InfoHashV2">The truncated second hash of a hybrid.</param>
public sealed record FormerTorrent(string InfoHash, string? InfoHashV2, DateTime ReplacedUtc);
