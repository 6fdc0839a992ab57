namespace OrchardTracker.Torrents.Searching;

/// <summary>Which versions of which items are looked at.</summary>
public enum TorrentVisibility
{
    /// <summary>Published and listed: what visitors see.</summary>
    Listed,

    /// <summary>The latest version of everything.</summary>
    All,

    /// <summary>The latest version of what is published, listed or not.</summary>
    Published,

    /// <summary>What has never been published, or is not any more.</summary>
    Unpublished,
}
