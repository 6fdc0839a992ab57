using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.Swarms;

namespace OrchardTracker.MediaTorrent.Services;

/// <summary>What a visitor may have of a file or folder.</summary>
/// <param name="FileUrl">Where the file itself is; null when it is hidden, or when the torrent is of a folder.</param>
/// <param name="TorrentUrl">Without the host.</param>
/// <param name="Magnet">Null where it would work for nobody, or for everybody who gets hold of it.</param>
public sealed record MediaOffer(
    MediaEntry Entry, string Name, string? FileUrl, string PageUrl, string TorrentUrl, string? Magnet, SwarmCounts Counts);
