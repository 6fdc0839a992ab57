using OrchardTracker.Torrents.Statistics;

namespace OrchardTracker.Torrents.ViewModels;

/// <summary>The shape <c>TorrentTotals</c>: the site's figures of today.</summary>
public class TorrentTotalsViewModel
{
    public SiteStatistics Statistics { get; set; } = null!;
}
