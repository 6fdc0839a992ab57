using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <summary>What is published, and how. Immutable.</summary>
public sealed record FolderPublisherOptions
{
    /// <summary>Each file and folder in it becomes a torrent.</summary>
    public required string Folder { get; init; }

    /// <summary>Where torrents are kept over a restart; null makes them anew each time.</summary>
    public string? StateFolder { get; init; }

    /// <summary>How torrents are made. Name, trackers and web seeds do not belong here: they are written when a torrent is served.</summary>
    public TorrentOptions Torrents { get; init; } = new();

    /// <summary>How long size and time of everything in an item must rest before it is taken for whole.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The folder is looked through so often, even when the system tells of no change: network shares never do.</summary>
    public TimeSpan Rescan { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether the system is asked to tell of changes, beside <see cref="Rescan"/>.</summary>
    public bool Watches { get; init; } = true;

    /// <summary>After that what has failed is tried again.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMinutes(5);

    public PublishingQueueOptions Queue { get; init; } = new();
}
