namespace OrchardTracker.Node;

/// <summary>What <c>/stats.json</c> tells. Counts are since the start unless they are of what is there now.</summary>
internal sealed record NodeStatistics
{
    public required string Version { get; init; }

    public required string Mode { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required long UptimeSeconds { get; init; }

    public required int Swarms { get; init; }

    public required int Peers { get; init; }

    public required int Seeders { get; init; }

    public required int Leechers { get; init; }

    public required long Completed { get; init; }

    public required AnnounceStatistics Announces { get; init; }

    public required long Scrapes { get; init; }

    /// <summary>Refused requests by reason, those that happened.</summary>
    public required IReadOnlyDictionary<string, long> Failures { get; init; }

    public required IReadOnlyList<TorrentStatistics> Torrents { get; init; }
}
