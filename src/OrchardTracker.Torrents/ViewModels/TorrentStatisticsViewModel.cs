using OrchardCore.DisplayManagement;
using OrchardTracker.Torrents.Statistics;

namespace OrchardTracker.Torrents.ViewModels;

/// <summary>The shape <c>TorrentStatistics</c>: the page about the site.</summary>
public class TorrentStatisticsViewModel
{
    public SiteStatistics Statistics { get; set; } = null!;

    /// <summary>Shapes <c>TorrentChart</c>.</summary>
    public IReadOnlyList<IShape> Charts { get; set; } = [];

    /// <summary>Shapes <c>TorrentTable</c> with their headings.</summary>
    public IReadOnlyList<(string Title, IShape Table)> Tables { get; set; } = [];
}
