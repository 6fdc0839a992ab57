namespace OrchardTracker.Node;

/// <summary>What <c>scrape</c> tells of one torrent: one JSON object.</summary>
internal sealed record ScrapeText
{
    public required string Hash { get; init; }

    /// <summary>False when the tracker's answer leaves the torrent out.</summary>
    public required bool IsKnown { get; init; }

    public int? Seeders { get; init; }

    public int? Leechers { get; init; }

    public int? Downloaded { get; init; }

    /// <summary>Leechers that still download (BEP 21); few trackers tell.</summary>
    public int? Downloaders { get; init; }
}
