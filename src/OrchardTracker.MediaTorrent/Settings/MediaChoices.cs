using OrchardTracker.BitTorrent;

namespace OrchardTracker.MediaTorrent.Settings;

/// <summary>What is to happen to a file of the media library.</summary>
public sealed record MediaChoices
{
    /// <summary>Whether it gets a torrent at all.</summary>
    public bool Make { get; init; } = true;

    public MediaScope Scope { get; init; }

    public MetainfoVersion Version { get; init; } = MetainfoVersion.V1;

    /// <summary>In bytes; null for one that suits the file's size.</summary>
    public int? PieceLength { get; init; }

    /// <summary>Private even when everybody may have it (BEP 27). What not everybody may have is private in any case.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>Whether clients may fetch the file from the site over HTTP.</summary>
    public bool HasWebSeed { get; init; } = true;

    /// <summary>Whether it becomes a content item of the Torrents feature.</summary>
    public bool IsPublished { get; init; } = true;

    /// <summary>Whether that item stands in lists, feeds and search.</summary>
    public bool IsListed { get; init; } = true;

    /// <summary>Whether the original is hidden: it is to be had by its torrent only.</summary>
    public bool IsTorrentOnly { get; init; }
}
