namespace OrchardTracker.Torrents.Searching;

/// <summary>A torrent that was found, without its content item.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Seeders">As they were last written, other trackers' included; so are the next two.</param>
/// <param name="Downloads">Of the .torrent file.</param>
public sealed record TorrentHit(
    long DocumentId,
    string ContentItemId,
    string InfoHash,
    long Size,
    DateTimeOffset? ListedUtc,
    bool IsPublished,
    bool IsFreeLeech,
    int Seeders,
    int Leechers,
    int Completed,
    int Downloads)
{
    /// <summary>Where this hit stands in the order of the query: the next ones are asked for after it.</summary>
    public required TorrentCursor Cursor { get; init; }
}
