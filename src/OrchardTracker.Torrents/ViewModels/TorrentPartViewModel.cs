using OrchardCore.ContentManagement;
using OrchardTracker.Torrents.Counting;
using OrchardTracker.Torrents.Models;
using OrchardTracker.Torrents.Services;

namespace OrchardTracker.Torrents.ViewModels;

/// <summary>The shapes of a torrent's own page: <c>TorrentPart</c>, <c>TorrentPart_Facts</c> and the summaries.</summary>
public class TorrentPartViewModel
{
    public TorrentPart Part { get; set; } = null!;

    public ContentItem ContentItem { get; set; } = null!;

    /// <summary>As of now.</summary>
    public TorrentCounts Counts { get; set; }

    /// <summary>Null when the site has lost the .torrent file, and in summaries.</summary>
    public ServedTorrent? Torrent { get; set; }

    /// <summary>Null when the user is gone.</summary>
    public string? Uploader { get; set; }

    public bool MayAddWebSeed { get; set; }
}
