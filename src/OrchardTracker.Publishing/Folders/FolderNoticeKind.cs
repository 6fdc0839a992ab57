namespace OrchardTracker.Publishing;

public enum FolderNoticeKind
{
    /// <summary>A file or folder is not published, and will not be as it is.</summary>
    Skipped,

    /// <summary>No torrent could be made of it; it will be tried again.</summary>
    Failed,

    /// <summary>The published folder cannot be read. What was published stays.</summary>
    FolderUnavailable,

    FolderAvailable,

    /// <summary>The system does not tell of changes; the folder is still looked through from time to time.</summary>
    NotWatched,

    /// <summary>A torrent could not be kept: it will be made anew after a restart.</summary>
    StateNotKept,
}
