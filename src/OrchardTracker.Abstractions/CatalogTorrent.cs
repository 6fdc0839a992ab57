using OrchardTracker.BitTorrent;

namespace OrchardTracker;

/// <summary>A torrent that the site has as a content item.</summary>
/// <param name="V2">The second hash of a hybrid.</param>
/// <param name="IsListed">Whether it stands in lists, feeds and search; one that does not has its own page all the same.</param>
/// <param name="MediaPath">The path in the media library that it was made from, if it was.</param>
public sealed record CatalogTorrent(
    string ContentItemId,
    InfoHash InfoHash,
    InfoHash? V2,
    string Title,
    bool IsPublished,
    bool IsListed,
    string? MediaPath);
