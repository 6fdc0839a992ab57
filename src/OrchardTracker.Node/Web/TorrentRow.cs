namespace OrchardTracker.Node;

/// <summary>A torrent on the page.</summary>
public sealed record TorrentRow
{
    public required string Name { get; init; }

    public required string Hash { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    public required int FileCount { get; init; }

    public required int Seeders { get; init; }

    public required int Leechers { get; init; }

    public required int Downloads { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    public required string TorrentUrl { get; init; }

    public required string Magnet { get; init; }
}
