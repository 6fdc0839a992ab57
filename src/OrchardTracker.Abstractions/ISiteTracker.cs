using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;

namespace OrchardTracker;

/// <summary>
/// The tracker of a site, as its other modules see it. A singleton of the tenant; registered only while the Tracker
/// feature is enabled, so ask for it as something that may be missing. Thread-safe; nothing here waits.
/// </summary>
public interface ISiteTracker
{
    TrackerMode Mode { get; }

    /// <summary>The live counts of a swarm, by either hash; zeros when nobody has announced it.</summary>
    SwarmCounts GetCounts(InfoHash infoHash);

    /// <summary>The sums over all swarms. Walks over them: not for every request.</summary>
    StoreTotals GetTotals();

    /// <summary>The peers of a swarm, for those who may see their addresses; at most <paramref name="most"/>.</summary>
    IReadOnlyList<PeerView> GetPeers(InfoHash infoHash, int most);

    /// <summary>Takes an announce of the site's own seeder: no rule of access and no rate stands against it.</summary>
    void Announce(in PeerAnnounce announce);

    /// <summary>From now on announces for the torrent are taken.</summary>
    /// <param name="v2">The second hash of a hybrid.</param>
    /// <returns>False when the torrent was taken down: it stays refused.</returns>
    bool Serve(InfoHash infoHash, InfoHash? v2);

    /// <summary>From now on announces for the torrent are refused with a reason that the client shows to its user.</summary>
    void Refuse(InfoHash infoHash, InfoHash? v2, string reason);

    /// <summary>Whether downloading a torrent counts in nobody's account from now on. The tracker may have terms of its own.</summary>
    void SetFreeLeech(InfoHash infoHash, bool isFree);

    /// <summary>The tracker need not know the torrent any more.</summary>
    void Forget(InfoHash infoHash);

    /// <summary>From now on the torrent is refused whoever serves it, until <see cref="Unblock"/>.</summary>
    void Block(InfoHash infoHash, InfoHash? v2);

    /// <summary>Lifts a block; the torrent is one that the tracker does not know.</summary>
    void Unblock(InfoHash infoHash);
}
