using OrchardTracker.BitTorrent;

namespace OrchardTracker.Torrents.Foreign;

/// <summary>What came of a question to another tracker.</summary>
/// <param name="Asked">The torrents by the numbers of their rows.</param>
/// <param name="Counts">Null when there was no answer.</param>
/// <param name="RetryIn">When the tracker wants to be asked again, where it says so.</param>
/// <param name="IsRefusal">Whether the tracker is there and did not like the question.</param>
internal sealed record ForeignAnswer(
    ForeignTracker Tracker,
    IReadOnlyDictionary<long, InfoHash> Asked,
    IReadOnlyDictionary<InfoHash, TrackerScrapeEntry>? Counts,
    TimeSpan Took,
    string? Fault = null,
    TimeSpan? RetryIn = null,
    bool IsRefusal = false);
