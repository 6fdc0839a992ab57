namespace OrchardTracker.Torrents.Searching;

/// <summary>What torrents are sorted by.</summary>
public enum TorrentOrder
{
    /// <summary>When it was first published.</summary>
    Date,
    Name,
    Size,
    Seeders,
    Leechers,
    Completed,
}
