using OrchardTracker.Torrents.Services;

namespace OrchardTracker.Torrents.ViewModels;

/// <summary>A torrent in the moderators' list.</summary>
/// <param name="HasDraft">Whether it has been changed since it was published.</param>
public sealed record AdminTorrent(TorrentRow Row, bool IsPublished, bool HasDraft, string? Uploader);
