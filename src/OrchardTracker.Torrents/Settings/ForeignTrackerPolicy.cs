namespace OrchardTracker.Torrents.Settings;

/// <summary>What becomes of the trackers that an uploaded torrent names.</summary>
public enum ForeignTrackerPolicy
{
    /// <summary>The site's own are written before them.</summary>
    Add,

    /// <summary>The site's own take their place.</summary>
    Replace,

    /// <summary>They stay alone; a torrent without any gets the site's own.</summary>
    Keep,
}
