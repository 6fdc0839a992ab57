namespace OrchardTracker.Torrents.Data;

/// <summary>The names of the plain tables: what changes without any content item being saved, or would swell its indexes.</summary>
internal static class PlainTables
{
    /// <summary>One row a torrent: counts, and the short number by which the other tables know it.</summary>
    public const string Records = "OrchardTracker_TorrentRecord";

    /// <summary>What each server of the site counts of a torrent; their sums are in <see cref="Records"/>.</summary>
    public const string ServerCounts = "OrchardTracker_ServerCount";

    /// <summary>The servers of the site, and when each of them was last there.</summary>
    public const string Servers = "OrchardTracker_Server";

    /// <summary>The words of titles and file names.</summary>
    public const string Words = "OrchardTracker_TorrentWord";

    /// <summary>Torrents that were taken down.</summary>
    public const string Takedowns = "OrchardTracker_Takedown";

    /// <summary>Which torrents were changed lately, for the other servers of the site.</summary>
    public const string Changes = "OrchardTracker_TorrentChange";

    /// <summary>Torrents that somebody has uploaded and not yet saved.</summary>
    public const string Uploads = "OrchardTracker_TorrentUpload";

    /// <summary>The counts of a torrent by day.</summary>
    public const string Days = "OrchardTracker_TorrentDay";

    /// <summary>The counts of the whole site by day.</summary>
    public const string SiteDays = "OrchardTracker_SiteDay";

    /// <summary>The columns of <see cref="SiteDays"/> beside the day.</summary>
    public static readonly string[] SiteDayColumns = ["Torrents", "Size", "Seeders", "Leechers", "Completed", "Downloads", "Transferred"];

    /// <summary>Other trackers that torrents name.</summary>
    public const string ForeignTrackers = "OrchardTracker_ForeignTracker";

    /// <summary>What other trackers say of torrents.</summary>
    public const string ForeignCounts = "OrchardTracker_ForeignCount";
}
