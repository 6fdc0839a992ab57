namespace OrchardTracker.BitTorrent;

/// <summary>A tracker's answer to a scrape.</summary>
public sealed class TrackerScrapeResponse
{
    /// <summary>The counts by hash. A hash that the tracker does not know may be missing.</summary>
    public required IReadOnlyDictionary<InfoHash, TrackerScrapeEntry> Entries { get; init; }

    /// <summary>How long the tracker wants to be left alone, where it says so: <c>min_request_interval</c> among its <c>flags</c> (BEP 48).</summary>
    public TimeSpan? MinInterval { get; init; }
}
