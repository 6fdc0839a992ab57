namespace OrchardTracker.MediaTorrent.Fields;

public class MediaFieldTorrentSettingsViewModel
{
    public bool OfferAsTorrent { get; set; }
}
