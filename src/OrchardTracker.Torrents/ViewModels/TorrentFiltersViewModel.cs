using OrchardTracker.Torrents.Searching;

namespace OrchardTracker.Torrents.ViewModels;

/// <summary>The shape <c>TorrentFilters</c>: what one can look for.</summary>
public class TorrentFiltersViewModel
{
    public TorrentListOptions Options { get; set; } = null!;

    public IReadOnlyList<TorrentFacet> Facets { get; set; } = [];
}
