using Microsoft.AspNetCore.Mvc.ModelBinding;
using OrchardCore.DisplayManagement;
using OrchardTracker.Torrents.Searching;

namespace OrchardTracker.Torrents.Widgets;

/// <summary>The shapes <c>TorrentListWidgetPart</c> and <c>TorrentListWidgetPart_Edit</c>.</summary>
public class TorrentListWidgetViewModel
{
    public TorrentOrder Order { get; set; }

    public int Count { get; set; }

    /// <summary>The shape <c>TorrentTable</c>, with the alternate <c>TorrentTable__Widget</c>.</summary>
    [BindNever]
    public IShape? Table { get; set; }
}
