using OrchardCore.ContentManagement;

namespace OrchardTracker.MediaTorrent.Access;

/// <summary>A file that belongs to content items.</summary>
/// <param name="Items">Those that are published; none when all are drafts, or taken back.</param>
public sealed record OwnedFile(string Path, IReadOnlyList<ContentItem> Items);
