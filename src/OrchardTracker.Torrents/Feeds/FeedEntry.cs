using OrchardTracker.Torrents.Services;

namespace OrchardTracker.Torrents.Feeds;

/// <summary>A torrent in a feed.</summary>
/// <param name="PageUrl">The address of its page.</param>
/// <param name="TorrentUrl">The address of its .torrent file, with the reader's key where he needs one.</param>
/// <param name="Description">Plain text.</param>
/// <param name="Categories">The names of its terms.</param>
public sealed record FeedEntry(TorrentRow Row, string PageUrl, string TorrentUrl, string Description, IReadOnlyList<string> Categories);
