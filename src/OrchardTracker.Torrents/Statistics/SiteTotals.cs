namespace OrchardTracker.Torrents.Statistics;

/// <summary>The sums over all published torrents, as their counts were last written.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Completed">Downloads that were completed.</param>
/// <param name="Downloads">Of .torrent files.</param>
/// <param name="Transferred">In bytes: each completed download taken for as large as its torrent. What else went through swarms is not known.</param>
public sealed record SiteTotals(int Torrents, long Size, int Seeders, int Leechers, long Completed, long Downloads, long Transferred);
