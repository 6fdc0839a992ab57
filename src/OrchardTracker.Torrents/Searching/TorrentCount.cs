namespace OrchardTracker.Torrents.Searching;

/// <summary>How many torrents there are.</summary>
/// <param name="IsMore">Whether there are more than the number: counting ends somewhere.</param>
public readonly record struct TorrentCount(int Number, bool IsMore);
