namespace OrchardTracker.MediaTorrent.Entries;

/// <summary>How far a file or folder of the media store is with its torrent.</summary>
public enum MediaEntryState
{
    /// <summary>In line, or being hashed.</summary>
    Waiting,

    /// <summary>The torrent is there.</summary>
    Ready,

    /// <summary>It could not be made; the entry says why.</summary>
    Failed,

    /// <summary>Somebody stopped it.</summary>
    Cancelled,

    /// <summary>Somebody wants no torrent of it: it was taken down, and none is made by itself.</summary>
    Off,

    /// <summary>The file is gone, and its torrent was taken down.</summary>
    Removed,
}
