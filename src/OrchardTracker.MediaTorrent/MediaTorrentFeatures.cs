namespace OrchardTracker.MediaTorrent;

/// <summary>The ids of this module's features.</summary>
public static class MediaTorrentFeatures
{
    public const string MediaTorrent = "OrchardTracker.MediaTorrent";
}
