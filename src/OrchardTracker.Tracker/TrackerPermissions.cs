using OrchardCore.Security.Permissions;

namespace OrchardTracker.Tracker;

/// <summary>What a role may be allowed to do with the tracker.</summary>
public static class TrackerPermissions
{
    public static readonly Permission ManageTracker = new("ManageTracker", "Manage the BitTorrent tracker: settings, torrents, bans and passkeys", isSecurityCritical: true);

    public static readonly Permission ViewPeerAddresses = new("ViewTrackerPeerAddresses", "View the addresses of peers", [ManageTracker], isSecurityCritical: true);

    public static readonly Permission ViewStatistics = new("ViewTrackerStatistics", "View the statistics of the BitTorrent tracker", [ManageTracker]);

    public static readonly Permission Announce = new("AnnounceToTracker", "Announce to the BitTorrent tracker with a passkey");
}
