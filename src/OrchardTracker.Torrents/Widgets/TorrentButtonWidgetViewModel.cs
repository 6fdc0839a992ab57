using Microsoft.AspNetCore.Mvc.ModelBinding;
using OrchardCore.ContentManagement;
using OrchardTracker.Torrents.Counting;
using OrchardTracker.Torrents.Models;

namespace OrchardTracker.Torrents.Widgets;

/// <summary>The shapes <c>TorrentButtonWidgetPart</c> and <c>TorrentButtonWidgetPart_Edit</c>.</summary>
public class TorrentButtonWidgetViewModel
{
    public string? InfoHash { get; set; }

    [BindNever]
    public ContentItem? ContentItem { get; set; }

    [BindNever]
    public TorrentPart? Part { get; set; }

    [BindNever]
    public TorrentCounts Counts { get; set; }

    /// <summary>Null when the site has lost the .torrent file.</summary>
    [BindNever]
    public string? Magnet { get; set; }
}
