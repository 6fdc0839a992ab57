using OrchardCore.DisplayManagement;
using OrchardTracker.Torrents.Moderation;

namespace OrchardTracker.Torrents.ViewModels;

/// <summary>The list of torrents that were taken down.</summary>
public class TakenDownViewModel
{
    public required IReadOnlyList<Takedown> Takedowns { get; init; }

    public required IShape Pager { get; init; }

    public int Count { get; init; }
}
