namespace OrchardTracker.MediaTorrent.Settings;

/// <summary>What a visitor gets at the URL of an original that is hidden.</summary>
public enum HiddenPage
{
    /// <summary>404, as if there were nothing.</summary>
    NotFound,

    /// <summary>A page that offers the torrent, to whoever may have it.</summary>
    Offer,
}
