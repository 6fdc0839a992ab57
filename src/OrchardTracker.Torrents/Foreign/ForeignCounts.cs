namespace OrchardTracker.Torrents.Foreign;

/// <summary>What another tracker said of a torrent.</summary>
/// <param name="At">When it did; null when it has not yet.</param>
public sealed record ForeignCounts(string Url, int Seeders, int Leechers, int Completed, DateTimeOffset? At);
