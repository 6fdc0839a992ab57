namespace OrchardTracker.Torrents.Storage;

/// <summary>The names of the plain tables for bytes.</summary>
internal static class TorrentTables
{
    public const string Torrents = "OrchardTracker_StoredTorrent";

    public const string Holders = "OrchardTracker_TorrentHolder";
}
