using OrchardCore.DisplayManagement;
using OrchardTracker.Torrents.Searching;

namespace OrchardTracker.Torrents.ViewModels;

/// <summary>The page that lists torrents.</summary>
public class TorrentListViewModel
{
    public required TorrentListOptions Options { get; init; }

    /// <summary>The shape <c>TorrentFilters</c>.</summary>
    public required IShape Filters { get; init; }

    /// <summary>The shape <c>TorrentTable</c>.</summary>
    public required IShape Table { get; init; }

    public required IShape Pager { get; init; }

    public int Count { get; init; }

    /// <summary>Whether there are more than were counted.</summary>
    public bool IsMore { get; init; }

    /// <summary>The address of the same as a feed, with the visitor's key where one is needed.</summary>
    public required string FeedUrl { get; init; }

    public bool MayViewStatistics { get; init; }

    public bool MayUpload { get; init; }
}
