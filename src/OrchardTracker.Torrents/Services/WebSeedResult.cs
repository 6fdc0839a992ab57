namespace OrchardTracker.Torrents.Services;

/// <summary>What became of a web seed that somebody wanted to add.</summary>
public enum WebSeedResult
{
    Added,

    /// <summary>It is not the address of a web or FTP server.</summary>
    NoAddress,

    /// <summary>It leads into somebody's own network: nobody else could use it.</summary>
    NotPublic,

    /// <summary>The torrent has as many as it may have.</summary>
    TooMany,
}
