using OrchardCore.ContentManagement;
using OrchardTracker.Torrents.Searching;

namespace OrchardTracker.Torrents.Widgets;

/// <summary>A widget that lists torrents.</summary>
public sealed class TorrentListWidgetPart : ContentPart
{
    public const int MostTorrents = 50;

    /// <summary>The latest by <see cref="TorrentOrder.Date"/>, the most active by <see cref="TorrentOrder.Leechers"/>, and so on.</summary>
    public TorrentOrder Order { get; set; }

    public int Count { get; set; } = 5;
}
