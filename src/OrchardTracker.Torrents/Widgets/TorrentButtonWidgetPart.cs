using OrchardCore.ContentManagement;

namespace OrchardTracker.Torrents.Widgets;

/// <summary>A widget with the buttons and live counts of one torrent.</summary>
public sealed class TorrentButtonWidgetPart : ContentPart
{
    /// <summary>40 hexadecimal digits.</summary>
    public string? InfoHash { get; set; }
}
