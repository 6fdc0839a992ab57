namespace OrchardTracker;

/// <summary>What is told of a torrent beside its bytes. What is null stays as it is, or gets its usual value in a new item.</summary>
public sealed record CatalogDetails
{
    /// <summary>By default the torrent's own name.</summary>
    public string? Title { get; init; }

    /// <summary>Markdown, shown on the torrent's page.</summary>
    public string? Description { get; init; }

    /// <summary>The id of the user whose torrent it is; by default the one of the current request.</summary>
    public string? OwnerId { get; init; }

    /// <summary>The name of that user.</summary>
    public string? Author { get; init; }

    /// <summary>Whether it stands in lists, feeds and search. By default it does.</summary>
    public bool? IsListed { get; init; }

    /// <summary>The path in the media library that it was made from.</summary>
    public string? MediaPath { get; init; }
}
