using OrchardCore.ContentManagement;

namespace OrchardTracker.Torrents.ViewModels;

/// <summary>A torrent that the site has already, and what the new file would add to it.</summary>
public sealed record TorrentDuplicateViewModel(ContentItem Existing, string InfoHash, string Trackers, string WebSeeds, bool MayMerge);
