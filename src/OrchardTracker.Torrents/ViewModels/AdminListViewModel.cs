using OrchardCore.DisplayManagement;
using OrchardTracker.Torrents.Searching;

namespace OrchardTracker.Torrents.ViewModels;

/// <summary>The moderators' list.</summary>
public class AdminListViewModel
{
    public required AdminListOptions Options { get; init; }

    public required IReadOnlyList<AdminTorrent> Torrents { get; init; }

    public required IShape Pager { get; init; }

    public int Count { get; init; }

    /// <summary>Whether there are more than were counted.</summary>
    public bool IsMore { get; init; }

    /// <summary>How many wait.</summary>
    public int Waiting { get; init; }

    public int First { get; init; }
}
