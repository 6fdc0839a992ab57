namespace OrchardTracker.MediaTorrent.Access;

/// <summary>How far it is looked at anew which files belong to which content items.</summary>
public enum MediaReferenceProgress
{
    /// <summary>There was nothing to do.</summary>
    None,

    /// <summary>There are more items.</summary>
    Underway,

    /// <summary>These were the last ones.</summary>
    Finished,
}
