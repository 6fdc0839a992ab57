using OrchardTracker.Torrents.Foreign;

namespace OrchardTracker.Torrents.ViewModels;

/// <summary>The shape <c>TorrentPart_Trackers</c>: what other trackers say of a torrent.</summary>
public class TorrentTrackersViewModel
{
    public IReadOnlyList<ForeignCounts> Counts { get; set; } = [];
}
