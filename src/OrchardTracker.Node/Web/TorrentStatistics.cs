namespace OrchardTracker.Node;

/// <summary>One published torrent, as it is now.</summary>
internal sealed record TorrentStatistics
{
    public required string Name { get; init; }

    public string? InfoHashV1 { get; init; }

    public string? InfoHashV2 { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    public required int Seeders { get; init; }

    public required int Leechers { get; init; }

    /// <summary>Completed downloads.</summary>
    public required int Downloads { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }
}
