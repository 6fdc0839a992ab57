using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms;

/// <summary>
/// Brings what a batch of announces is about to touch into the processor's caches, all at once. An announce is a chain of
/// memory that was not touched for long: torrent, list, index, peer; each step waits for the one before. The same step of
/// different announces waits for nothing but the memory, which serves many at a time. Not thread-safe: one for each thread.
/// </summary>
/// <remarks>It looks without the shards' locks, so what it sees may be half changed; nothing is made of it.</remarks>
public sealed class SwarmWarmer
{
    private readonly MemoryPeerStore _store;
    private readonly Announce[] _batch;
    private int _count;

    /// <param name="room">The most announces of a batch.</param>
    public SwarmWarmer(MemoryPeerStore store, int room)
    {
        _store = store;
        _batch = new Announce[room];
    }

    /// <summary>Adds an announce to the batch. One over IPv6 is left alone, as there are few, and one of no known torrent.</summary>
    /// <exception cref="IndexOutOfRangeException">The batch has no room left.</exception>
    public void Add(InfoHash infoHash, in PeerAddress address, ushort port)
    {
        if (!address.IsV6 && _store.Find(infoHash) is { } swarm)
        {
            _batch[_count++] = new Announce { Swarm = swarm, Endpoint = Endpoint4.From(address, port) };
        }
    }

    /// <summary>Warms what was added, and begins a new batch.</summary>
    /// <returns>How many announces it held.</returns>
    public int Warm()
    {
        var batch = _batch.AsSpan(0, _count);
        foreach (ref var announce in batch)
        {
            announce.List = announce.Swarm.Main;
        }

        foreach (ref var announce in batch)
        {
            announce.List?.FetchHeads();
        }

        foreach (ref var announce in batch)
        {
            announce.List?.FetchPlace(announce.Endpoint);
        }

        foreach (ref var announce in batch)
        {
            announce.List?.FetchPeer(announce.Endpoint);
        }

        batch.Clear();
        _count = 0;
        return batch.Length;
    }

    private struct Announce
    {
        public Swarm Swarm;
        public PeerListOf<Endpoint4>? List;
        public Endpoint4 Endpoint;
    }
}
