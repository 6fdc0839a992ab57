using OrchardCore.Security.Permissions;

namespace OrchardTracker.Torrents;

/// <summary>What may be done with torrents beside what Orchard Core's permissions on their content type say.</summary>
public static class TorrentPermissions
{
    public static readonly Permission ManageTorrentSettings = new(
        "ManageTorrentSettings", "Manage the settings of torrents", isSecurityCritical: true);

    public static readonly Permission ModerateTorrents = new(
        "ModerateTorrents", "Moderate torrents: publish, unpublish, remove, free leech, take down");

    public static readonly Permission UploadTorrents = new("UploadTorrents", "Upload torrents", [ModerateTorrents]);

    public static readonly Permission AddWebSeeds = new("AddTorrentWebSeeds", "Add web seeds to any torrent", [ModerateTorrents]);

    public static readonly Permission ViewTorrentStatistics = new("ViewTorrentStatistics", "View the statistics of torrents", [ModerateTorrents]);

    /// <summary>The tracker's permission, by its name: without a tracker there are no peers.</summary>
    internal static readonly Permission ViewPeerAddresses = new("ViewTrackerPeerAddresses", "", [new Permission("ManageTracker")]);
}
