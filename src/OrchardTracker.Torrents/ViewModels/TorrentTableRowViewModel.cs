using OrchardTracker.Torrents.Searching;
using OrchardTracker.Torrents.Services;

namespace OrchardTracker.Torrents.ViewModels;

/// <summary>The shape <c>TorrentTableRow</c>: a torrent in a table.</summary>
public class TorrentTableRowViewModel
{
    public TorrentRow Row { get; set; } = null!;

    /// <summary>The terms that the torrent has, with the facet that each is of.</summary>
    public IReadOnlyList<(TorrentFacet Facet, FacetTerm Term)> Terms { get; set; } = [];
}
