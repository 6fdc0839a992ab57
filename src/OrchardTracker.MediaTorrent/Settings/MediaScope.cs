namespace OrchardTracker.MediaTorrent.Settings;

/// <summary>What becomes one torrent.</summary>
public enum MediaScope
{
    File,

    /// <summary>All files of a folder, with those of the folders in it.</summary>
    Folder,
}
