namespace OrchardTracker.Node;

/// <summary>What <c>announce</c> tells: one JSON object. Times in seconds.</summary>
internal sealed record AnnounceText
{
    public required long Interval { get; init; }

    public long? MinInterval { get; init; }

    public int? Seeders { get; init; }

    public int? Leechers { get; init; }

    public int? Downloaded { get; init; }

    public string? ExternalIp { get; init; }

    public string? Warning { get; init; }

    public required IReadOnlyList<string> Peers { get; init; }
}
