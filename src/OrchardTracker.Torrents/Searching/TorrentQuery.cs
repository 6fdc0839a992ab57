namespace OrchardTracker.Torrents.Searching;

/// <summary>Which torrents somebody wants to see. What is null or empty filters nothing.</summary>
public sealed record TorrentQuery
{
    /// <summary>Words, the last letters of which may be missing; all must stand in the title or in names of files.</summary>
    public string? Text { get; init; }

    /// <summary>Only these content items: what a search index has found for the words, which are not looked at then.</summary>
    public IReadOnlyList<string>? ContentItemIds { get; init; }

    /// <summary>Only the torrents of these numbers: those that have the words, which are not looked at then.</summary>
    internal IReadOnlyList<long>? TorrentIds { get; init; }

    /// <summary>Per taxonomy the ids of terms, of which a torrent must have one.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Terms { get; init; } = [];

    /// <summary>Whether somebody must have all of it.</summary>
    public bool IsAlive { get; init; }

    public bool IsFreeLeech { get; init; }

    /// <summary>In bytes.</summary>
    public long? MinSize { get; init; }

    /// <summary>In bytes.</summary>
    public long? MaxSize { get; init; }

    /// <summary>First published then or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The id of the user whose torrents are wanted.</summary>
    public string? OwnerId { get; init; }

    public TorrentOrder Order { get; init; }

    public bool IsAscending { get; init; }

    /// <summary>Whether torrents that stand in no list are there too: for who decides over them.</summary>
    public TorrentVisibility Visibility { get; init; }
}
