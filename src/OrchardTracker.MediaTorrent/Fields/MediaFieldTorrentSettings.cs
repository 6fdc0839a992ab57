namespace OrchardTracker.MediaTorrent.Fields;

/// <summary>What a media field does with torrents, beside its own settings.</summary>
public sealed class MediaFieldTorrentSettings
{
    /// <summary>
    /// Whether the field's files are offered as torrents: shown with file, torrent and magnet link, and given to those
    /// alone who may see the content item.
    /// </summary>
    public bool OfferAsTorrent { get; set; }
}
