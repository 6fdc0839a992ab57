using OrchardCore.Security.Permissions;

namespace OrchardTracker.MediaTorrent;

/// <summary>Who may do what with media torrents.</summary>
public static class MediaTorrentPermissions
{
    public static readonly Permission ManageMediaTorrentSettings = new("ManageMediaTorrentSettings", "Manage the settings of media torrents", isSecurityCritical: true);

    public static readonly Permission ManageMediaTorrents = new("ManageMediaTorrents", "Manage media torrents", [ManageMediaTorrentSettings]);
}
