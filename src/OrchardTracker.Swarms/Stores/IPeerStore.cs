using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms;

/// <summary>
/// Where swarms live. Every store passes one suite of contract tests. All members may be called by any number of
/// threads at once; none of them blocks on input or output.
/// </summary>
public interface IPeerStore
{
    /// <summary>
    /// Takes an announce in: the client becomes a peer, changes, or leaves (<see cref="AnnounceEvent.Stopped"/>), and
    /// the reply's peers are written. A client is never given itself, and a seeder is given no seeders, unless it has
    /// just come and there is nobody else: that may be a client that knows only a magnet link yet. The cost does
    /// not depend on the size of the swarm.
    /// </summary>
    AnnounceOutcome Announce(in PeerAnnounce announce, in PeerSpace space);

    /// <summary>The counts of a swarm; false when nobody knows of it.</summary>
    bool TryGetCounts(InfoHash infoHash, out SwarmCounts counts);

    /// <summary>
    /// Makes one torrent of the two hashes of a hybrid (BEP 52): its clients are counted once, its peer lists stay
    /// apart. Swarms that exist are joined. Idempotent.
    /// </summary>
    void Link(InfoHash v1, InfoHash v2);

    /// <summary>Undoes <see cref="Link"/>; the swarm under the v2 hash starts anew.</summary>
    void Unlink(InfoHash v2);

    /// <summary>Forgets a swarm with all its peers, and a hybrid's under both hashes.</summary>
    bool Remove(InfoHash infoHash);

    /// <summary>Takes all peers of a user out of all swarms.</summary>
    /// <returns>How many there were.</returns>
    int RemoveUser(int user);

    /// <summary>Takes out who has not announced for <see cref="StoreLimits.PeerLifetime"/>.</summary>
    /// <returns>How many there were.</returns>
    int Sweep();

    StoreTotals GetTotals();

    /// <summary>The peers of a swarm, for people; at most <paramref name="most"/>.</summary>
    IReadOnlyList<PeerView> GetPeers(InfoHash infoHash, int most);

    /// <summary>
    /// The counts of all swarms, one by one and without holding the store still: what changes meanwhile may be seen or
    /// missed. A hybrid comes once, under its v1 hash.
    /// </summary>
    IEnumerable<KeyValuePair<InfoHash, SwarmCounts>> Enumerate();
}
