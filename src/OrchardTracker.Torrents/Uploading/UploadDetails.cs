namespace OrchardTracker.Torrents.Uploading;

/// <summary>What an uploader says of a torrent.</summary>
public sealed record UploadDetails
{
    /// <summary>By default the torrent's own name.</summary>
    public string? Title { get; init; }

    /// <summary>Markdown.</summary>
    public string? Description { get; init; }

    /// <summary>Per key of a facet the terms, by their ids or names; what is unknown is left out.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Terms { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}
