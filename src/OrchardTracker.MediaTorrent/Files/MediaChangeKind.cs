namespace OrchardTracker.MediaTorrent.Files;

/// <summary>What happened in the media store, or is to be looked for.</summary>
public enum MediaChangeKind
{
    /// <summary>A file came, or has other bytes now.</summary>
    Written,

    /// <summary>A file is there a second time, at another path.</summary>
    Copied,

    /// <summary>A file has another path.</summary>
    Moved,

    /// <summary>A file is gone.</summary>
    Deleted,

    /// <summary>A folder is gone with all that was in it.</summary>
    FolderDeleted,

    /// <summary>A hidden file is there a second time, for all to see.</summary>
    Hide,

    /// <summary>Who may see a file may have changed.</summary>
    Recheck,

    /// <summary>Who may see anything may have changed: roles, features.</summary>
    RecheckAll,

    /// <summary>Somebody has decided otherwise about a file or folder, or the rules have changed.</summary>
    Apply,

    /// <summary>The rules have changed.</summary>
    ApplyAll,

    /// <summary>The settings may have changed.</summary>
    Configure,

    /// <summary>Nobody knows: the whole store is to be compared with what is known of it.</summary>
    Sweep,
}
