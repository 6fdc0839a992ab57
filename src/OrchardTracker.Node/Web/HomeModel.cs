namespace OrchardTracker.Node;

/// <summary>What the page shows.</summary>
public sealed record HomeModel
{
    public required string Title { get; init; }

    /// <summary>HTTP, and UDP where it is on.</summary>
    public required IReadOnlyList<string> AnnounceUrls { get; init; }

    public required bool HasFolder { get; init; }

    public required IReadOnlyList<TorrentRow> Rows { get; init; }

    public required IReadOnlyList<PendingRow> Pending { get; init; }

    /// <summary>Of all torrents that match, not only those on this page.</summary>
    public required int Count { get; init; }

    public required long TotalSize { get; init; }

    public required HomeQuery Query { get; init; }

    public required int PageCount { get; init; }

    /// <summary>Clients of the whole tracker.</summary>
    public required int Seeders { get; init; }

    public required int Leechers { get; init; }
}
