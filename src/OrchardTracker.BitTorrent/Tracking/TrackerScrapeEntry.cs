namespace OrchardTracker.BitTorrent;

/// <summary>A swarm's counts (BEP 48).</summary>
/// <param name="Seeders"><c>complete</c></param>
/// <param name="Leechers"><c>incomplete</c></param>
/// <param name="Downloaded">How often the torrent was downloaded to its end.</param>
/// <param name="Downloaders">Leechers that still download, where the tracker tells them from the ones that do not (BEP 21).</param>
public readonly record struct TrackerScrapeEntry(int Seeders, int Leechers, int Downloaded, int? Downloaders = null);
