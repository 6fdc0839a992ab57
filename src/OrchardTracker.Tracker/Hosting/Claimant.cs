namespace OrchardTracker.Tracker.Hosting;

/// <summary>Who says something of a torrent.</summary>
internal enum Claimant
{
    /// <summary>The tracker's own lists.</summary>
    List,

    /// <summary>Other modules.</summary>
    Modules,
}
