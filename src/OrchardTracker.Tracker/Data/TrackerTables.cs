namespace OrchardTracker.Tracker.Data;

/// <summary>The tables of the module, without the tenant's prefix.</summary>
internal static class TrackerTables
{
    public const string Secrets = "OrchardTracker_Secret";

    /// <summary>Numbers and key generations of users.</summary>
    public const string Users = "OrchardTracker_User";

    /// <summary>Torrents that are registered by hand.</summary>
    public const string Torrents = "OrchardTracker_Torrent";

    /// <summary>Torrents that are blocked for good.</summary>
    public const string Blocks = "OrchardTracker_Block";

    /// <summary>Addresses, users and clients that may not announce.</summary>
    public const string Bans = "OrchardTracker_Ban";

    /// <summary>What each user has done with each torrent.</summary>
    public const string Accounts = "OrchardTracker_Account";

    /// <summary>What each user has done in all.</summary>
    public const string Totals = "OrchardTracker_Total";

    /// <summary>How torrents count in accounts, where they do not count as usual.</summary>
    public const string Terms = "OrchardTracker_Terms";
}
