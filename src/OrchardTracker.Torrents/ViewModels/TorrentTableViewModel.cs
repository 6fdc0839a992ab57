using OrchardTracker.Torrents.Searching;
using OrchardTracker.Torrents.Services;

namespace OrchardTracker.Torrents.ViewModels;

/// <summary>The shape <c>TorrentTable</c>: some torrents.</summary>
public class TorrentTableViewModel
{
    public IReadOnlyList<TorrentRow> Rows { get; set; } = [];

    public IReadOnlyList<TorrentFacet> Facets { get; set; } = [];

    /// <summary>What the list shows; null where it cannot be sorted, as in a widget.</summary>
    public TorrentListOptions? Options { get; set; }
}
