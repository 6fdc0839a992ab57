using OrchardTracker.BitTorrent;

namespace OrchardTracker.MediaTorrent.Services;

/// <summary>A torrent as it is handed to one visitor.</summary>
/// <param name="IsPersonal">Whether there is something in it that is for him alone: nobody on the way may keep it.</param>
/// <param name="Magnet">Null for a torrent that not everybody may have, unless it names his own announce addresses.</param>
public sealed record ServedMediaTorrent(Metainfo Metainfo, bool IsPersonal, string? Magnet);
