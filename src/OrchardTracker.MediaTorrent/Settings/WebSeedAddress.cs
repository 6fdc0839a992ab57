namespace OrchardTracker.MediaTorrent.Settings;

/// <summary>By which URL clients fetch files from the site (BEP 19).</summary>
public enum WebSeedAddress
{
    /// <summary>
    /// That of the media library, or of the CDN before it. Where rates are set, or not everybody may have the file, the
    /// module's own is used all the same.
    /// </summary>
    Media,

    /// <summary>The module's own: it has rates, counts what is given, and stays the same when the file is renamed or moved.</summary>
    Own,
}
