using OrchardCore.ContentManagement;

namespace OrchardTracker.Torrents.ViewModels;

/// <summary>Asks for the reason of a takedown.</summary>
public class TakeDownViewModel
{
    public required IReadOnlyList<ContentItem> Items { get; init; }

    public string? Query { get; init; }
}
