namespace OrchardTracker.Swarms;

/// <summary>Whose announces are taken.</summary>
public enum TrackerMode : byte
{
    /// <summary>Anybody's, for any torrent that is not blocked.</summary>
    Open,

    /// <summary>Anybody's, for registered torrents.</summary>
    Registered,

    /// <summary>Those of users with a passkey, for registered torrents.</summary>
    Private,
}
