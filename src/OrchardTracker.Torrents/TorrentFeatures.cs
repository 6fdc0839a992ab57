namespace OrchardTracker.Torrents;

/// <summary>The ids of this module's features.</summary>
public static class TorrentFeatures
{
    public const string Torrents = "OrchardTracker.Torrents";

    public const string Storage = "OrchardTracker.Torrents.Storage";
}
