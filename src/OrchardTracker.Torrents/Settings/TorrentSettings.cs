using OrchardTracker.BitTorrent;

namespace OrchardTracker.Torrents.Settings;

/// <summary>The settings of a site's torrents. They are in force with the next request.</summary>
public sealed class TorrentSettings
{
    public const int MostKiB = 64 << 10;
    public const int MostFilesEver = 1_000_000;
    public const int MostAtOnceEver = 100;

    public ForeignTrackerPolicy ForeignTrackers { get; set; }

    public PrivatePolicy PrivateFlag { get; set; }

    /// <summary>Of a .torrent file.</summary>
    public int MaxKiB { get; set; } = 10 << 10;

    /// <summary>In one torrent.</summary>
    public int MaxFiles { get; set; } = 100_000;

    /// <summary>Torrents in one upload.</summary>
    public int MaxAtOnce { get; set; } = 20;

    /// <summary>Whether a moderator looks at every upload, also at those of users who may publish. Moderators' own are excepted.</summary>
    public bool ModeratesAll { get; set; }

    /// <summary>Whether other trackers are asked for the counts of the torrents that name them.</summary>
    public bool AsksForeignTrackers { get; set; } = true;

    /// <summary>How often another tracker is asked at most.</summary>
    public int ForeignMinutes { get; set; } = 60;

    /// <summary>The name of the site's index that visitors search by; the module's own words when there is none.</summary>
    public string? SearchIndex { get; set; }

    public MetainfoLimits ToLimits() => new() { MaxBytes = MaxKiB << 10, MaxFiles = MaxFiles };
}
