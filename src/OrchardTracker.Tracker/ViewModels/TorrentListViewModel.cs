using Microsoft.AspNetCore.Mvc.ModelBinding;
using OrchardCore.DisplayManagement;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Lists;

namespace OrchardTracker.Tracker.ViewModels;

public class TorrentListViewModel
{
    public string? Search { get; set; }

    /// <summary>The list of blocked torrents, not of registered ones.</summary>
    [BindNever]
    public bool IsOfBlocked { get; set; }

    [BindNever]
    public IReadOnlyList<(ListedTorrent Torrent, SwarmCounts Counts, bool IsBlocked, TorrentTerms Terms)> Rows { get; set; } = [];

    [BindNever]
    public long Total { get; set; }

    [BindNever]
    public IShape? Pager { get; set; }
}
