namespace OrchardTracker.Torrents.Settings;

/// <summary>What is asked of the private flag of uploaded torrents (BEP 27). It is part of a torrent's identity.</summary>
public enum PrivatePolicy
{
    /// <summary>It may be set or not.</summary>
    Either,

    /// <summary>A torrent without it is refused.</summary>
    Demand,

    /// <summary>It is set where it is not: the torrent is then another one, under another hash.</summary>
    Set,
}
