using OrchardCore.ContentManagement;

namespace OrchardTracker.Torrents.Uploading;

/// <summary>What became of a batch.</summary>
/// <param name="Waiting">Those that wait for a moderator.</param>
/// <param name="Merged">How many trackers and web seeds were added to torrents that were there.</param>
public sealed record UploadOutcome(IReadOnlyList<ContentItem> Published, IReadOnlyList<ContentItem> Waiting, int Merged);
