using OrchardTracker.Torrents.Details;

namespace OrchardTracker.Torrents.ViewModels;

/// <summary>The shape <c>TorrentPart_Peers</c>, for those who may see addresses.</summary>
public class TorrentPeersViewModel
{
    public IReadOnlyList<PeerRow> Peers { get; set; } = [];

    /// <summary>How many peers each client has, the most used first.</summary>
    public IReadOnlyList<(string Client, int Count)> Clients { get; set; } = [];
}
