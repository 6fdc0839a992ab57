namespace OrchardTracker.MediaTorrent.ViewModels;

/// <summary>What can be done to several entries of the list at once.</summary>
public enum MediaTorrentBulkAction
{
    None,

    /// <summary>Hash again, or try again.</summary>
    Remake,

    /// <summary>Stop the hashing.</summary>
    Cancel,

    /// <summary>Have the original by its torrent only.</summary>
    Hide,

    /// <summary>Bring the original back to its URL.</summary>
    Show,

    /// <summary>Put the torrent into lists, feeds and search.</summary>
    List,

    /// <summary>Take the torrent out of lists, feeds and search.</summary>
    Unlist,

    /// <summary>Take the torrent down, and make none by itself; the file stays.</summary>
    Remove,
}
