using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;
using OrchardTracker.Torrents.Models;

namespace OrchardTracker.Torrents.Details;

/// <summary>Lists the peers of a torrent for people.</summary>
public sealed class PeerLister(IServiceProvider services)
{
    private const int MostPeers = 200;

    /// <returns>Empty where the site has no tracker.</returns>
    public IReadOnlyList<PeerRow> List(TorrentPart part)
    {
        if (services.GetService(typeof(ISiteTracker)) is not ISiteTracker tracker || part.GetHashes() is not var (first, second))
        {
            return [];
        }

        // A client of a hybrid announces both hashes and is one client.
        var peers = tracker.GetPeers(first, MostPeers).Concat(second is { } other ? tracker.GetPeers(other, MostPeers) : []);
        return [.. peers.DistinctBy(peer => (peer.Endpoint, peer.Id)).Take(MostPeers).Select(peer => Describe(peer, part.Size))];
    }

    private static PeerRow Describe(PeerView peer, long size) => new(
        peer.Endpoint.ToString(),
        ClientName.Of(peer.Id).ToString(),
        peer.IsSeeder,
        peer.IsSeeder ? 1 : peer.Left is { } left && size > 0 ? Math.Clamp(1 - ((double)left / size), 0, 1) : null,
        peer.Idle);
}
