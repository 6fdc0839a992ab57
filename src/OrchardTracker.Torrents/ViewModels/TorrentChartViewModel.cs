using OrchardTracker.Torrents.Charts;

namespace OrchardTracker.Torrents.ViewModels;

/// <summary>The shape <c>TorrentChart</c>.</summary>
public class TorrentChartViewModel
{
    public string Title { get; set; } = "";

    public LineChart Chart { get; set; } = null!;
}
