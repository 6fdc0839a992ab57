using OrchardCore.ContentManagement;
using OrchardTracker.Torrents.Counting;
using OrchardTracker.Torrents.Models;
using OrchardTracker.Torrents.Searching;

namespace OrchardTracker.Torrents.Services;

/// <summary>A torrent in a list.</summary>
/// <param name="Counts">As of now.</param>
public sealed record TorrentRow(ContentItem ContentItem, TorrentPart Part, TorrentHit Hit, TorrentCounts Counts);
