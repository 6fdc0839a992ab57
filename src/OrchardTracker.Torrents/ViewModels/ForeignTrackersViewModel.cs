using OrchardCore.DisplayManagement;
using OrchardTracker.Torrents.Foreign;

namespace OrchardTracker.Torrents.ViewModels;

/// <summary>The admin page of other trackers.</summary>
public class ForeignTrackersViewModel
{
    public required IReadOnlyList<ForeignTracker> Trackers { get; init; }

    public required IShape Pager { get; init; }
}
