using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <summary>A seeded torrent in memory, while peers ask for it.</summary>
internal sealed record OpenTorrent(Metainfo Metainfo, SeedContent Content);
