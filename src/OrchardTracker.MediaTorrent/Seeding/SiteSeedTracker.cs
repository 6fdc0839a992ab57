using System.Net;
using OrchardTracker.BitTorrent;
using OrchardTracker.Publishing;
using OrchardTracker.Swarms;

namespace OrchardTracker.MediaTorrent.Seeding;

/// <summary>Announces the site's seeder to the site's tracker, within the process.</summary>
internal sealed class SiteSeedTracker(IPAddress? v4, IPAddress? v6) : ISeedTracker
{
    // Proves that the peers of both families are one.
    private readonly uint _key = (uint)Random.Shared.NextInt64(1, uint.MaxValue);

    private volatile ISiteTracker? _tracker;

    /// <summary>That of the tenant's present shell; null while the Tracker feature is off.</summary>
    public ISiteTracker? Tracker
    {
        get => _tracker;
        set => _tracker = value;
    }

    public void Announce(InfoHash infoHash, PeerId peerId, int port, AnnounceEvent announceEvent, long uploaded)
    {
        foreach (var address in (IPAddress?[])[v4, v6])
        {
            if (address is not null)
            {
                _tracker?.Announce(new PeerAnnounce
                {
                    InfoHash = infoHash,
                    PeerId = peerId,
                    Address = PeerAddress.From(address),
                    Port = (ushort)port,
                    Event = announceEvent,
                    Key = _key,
                    Uploaded = uploaded,
                });
            }
        }
    }

    public int CountOtherSeeders(InfoHash infoHash, PeerId peerId)
    {
        if (_tracker is not { } tracker || tracker.GetCounts(infoHash).Seeders is not (> 0 and var seeders))
        {
            return 0;
        }

        // It may be counted or not, as it has announced or has left.
        return seeders - (tracker.GetPeers(infoHash, int.MaxValue).Any(peer => peer.Id == peerId) ? 1 : 0);
    }
}
