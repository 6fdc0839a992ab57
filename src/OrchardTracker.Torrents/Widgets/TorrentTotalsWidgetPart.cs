using OrchardCore.ContentManagement;

namespace OrchardTracker.Torrents.Widgets;

/// <summary>A widget with the site's figures.</summary>
public sealed class TorrentTotalsWidgetPart : ContentPart;
