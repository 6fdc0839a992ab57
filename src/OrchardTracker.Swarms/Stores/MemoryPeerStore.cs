using System.Collections.Concurrent;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms;

/// <summary>The store of one process: everything in memory, shards by info-hash, one lock an announce.</summary>
public sealed partial class MemoryPeerStore : IPeerStore
{
    private const int ShardCount = 64;

    private readonly SwarmShard[] _shards = [.. Enumerable.Range(0, ShardCount).Select(_ => new SwarmShard())];

    // From the v2 hash of a hybrid to the v1 hash under which its swarm lives.
    private readonly ConcurrentDictionary<InfoHash, InfoHash> _links = new();
    private readonly SwarmClock _clock;
    private readonly TimeProvider _time;
    private volatile StoreLimits _limits;
    private volatile int _linkCount;
    private int _swarmCount;
    private int _peerCount;

    /// <param name="time">The clock that peers age by.</param>
    public MemoryPeerStore(StoreLimits limits, TimeProvider time)
    {
        _time = time;
        _clock = new SwarmClock(time);
        _limits = Checked(limits);
    }

    /// <summary>May change at any time; what is already in stays in.</summary>
    /// <exception cref="ArgumentException">A bound is negative, or the lifetime of peers is longer than a day.</exception>
    public StoreLimits Limits
    {
        get => _limits;
        set => _limits = Checked(value);
    }

    public AnnounceOutcome Announce(in PeerAnnounce announce, in PeerSpace space)
    {
        AnnounceOutcome outcome = default;
        while (true)
        {
            var torrent = TorrentOf(announce.InfoHash);
            var shard = ShardOf(torrent);
            lock (shard.Gate)
            {
                // A link made between the question and the lock has taken the swarm elsewhere.
                if (torrent == TorrentOf(announce.InfoHash))
                {
                    AnnounceLocked(shard, torrent, announce, space, ref outcome);
                    return outcome;
                }
            }
        }
    }

    public bool TryGetCounts(InfoHash infoHash, out SwarmCounts counts)
    {
        var torrent = TorrentOf(infoHash);
        var shard = ShardOf(torrent);
        lock (shard.Gate)
        {
            if (shard.Swarms.TryGetValue(torrent, out var swarm))
            {
                counts = swarm.Counts;
                return true;
            }
        }

        counts = default;
        return false;
    }

    public bool Remove(InfoHash infoHash)
    {
        var torrent = TorrentOf(infoHash);
        var shard = ShardOf(torrent);
        lock (shard.Gate)
        {
            if (!shard.Swarms.Remove(torrent, out var swarm))
            {
                return false;
            }

            Interlocked.Decrement(ref _swarmCount);
            Interlocked.Add(ref _peerCount, -swarm.PeerCount);
            return true;
        }
    }

    public int RemoveUser(int user) =>
        user == 0 ? 0 : RemoveWhere((list, position, _) => list[position].User == user, dropsEmptySwarms: false);

    /// <summary>Takes all peers of many users out of all swarms, in one go.</summary>
    /// <returns>How many there were.</returns>
    public int RemoveUsers(IReadOnlySet<int> users) =>
        RemoveWhere((list, position, _) => list[position].User != 0 && users.Contains(list[position].User), dropsEmptySwarms: false);

    /// <summary>Takes all peers at banned addresses out of all swarms.</summary>
    /// <returns>How many there were.</returns>
    public int RemoveAt(AddressBans bans) =>
        RemoveWhere((list, position, _) => bans.Contains(list.AddressOf(position)), dropsEmptySwarms: false);

    public int Sweep()
    {
        var lifetime = SwarmClock.TicksIn(_limits.PeerLifetime);
        return RemoveWhere((list, position, now) => SwarmClock.AgeInTicks(now, list[position].LastSeen) > lifetime, dropsEmptySwarms: true);
    }

    public StoreTotals GetTotals()
    {
        int swarms = 0, peers = 0, seeders = 0, leechers = 0;
        long completed = 0, bytes = 0;
        foreach (var shard in _shards)
        {
            lock (shard.Gate)
            {
                swarms += shard.Swarms.Count;
                foreach (var swarm in shard.Swarms.Values)
                {
                    var counts = swarm.Counts;
                    peers += swarm.PeerCount;
                    seeders += counts.Seeders;
                    leechers += counts.Leechers;
                    completed += counts.Completed;
                    bytes += swarm.Size;
                }
            }
        }

        return new StoreTotals(swarms, peers, seeders, leechers, completed, bytes);
    }

    public IReadOnlyList<PeerView> GetPeers(InfoHash infoHash, int most)
    {
        var torrent = TorrentOf(infoHash);
        var shard = ShardOf(torrent);
        lock (shard.Gate)
        {
            return shard.Swarms.TryGetValue(torrent, out var swarm) ? swarm.View(most, _clock) : [];
        }
    }

    public IEnumerable<KeyValuePair<InfoHash, SwarmCounts>> Enumerate()
    {
        foreach (var shard in _shards)
        {
            KeyValuePair<InfoHash, SwarmCounts>[] counts;
            lock (shard.Gate)
            {
                counts = [.. shard.Swarms.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Counts))];
            }

            foreach (var entry in counts)
            {
                yield return entry;
            }
        }
    }

    private void AnnounceLocked(
        SwarmShard shard, InfoHash torrent, in PeerAnnounce announce, in PeerSpace space, ref AnnounceOutcome outcome)
    {
        if (!shard.Swarms.TryGetValue(torrent, out var swarm))
        {
            if (announce.Event == AnnounceEvent.Stopped)
            {
                return;
            }

            if (announce.OnlyIfKnown)
            {
                outcome.Verdict = StoreVerdict.NotKnown;
                return;
            }

            if (_swarmCount >= _limits.MaxSwarms)
            {
                outcome.Verdict = StoreVerdict.TooManySwarms;
                return;
            }

            swarm = new Swarm();
            shard.Swarms.Add(torrent, swarm);
            Interlocked.Increment(ref _swarmCount);
        }

        var context = new SwarmContext
        {
            Limits = _limits,
            HasRoomForPeers = _peerCount < _limits.MaxPeers,
            Torrent = torrent,
            Now = _clock.Milliseconds,
        };
        var growth = swarm.Announce(announce, second: torrent != announce.InfoHash, space, context, ref outcome);
        if (growth != 0)
        {
            Interlocked.Add(ref _peerCount, growth);
        }
    }

    private int RemoveWhere(PeerTest test, bool dropsEmptySwarms)
    {
        var removed = 0;
        List<InfoHash> empty = [];
        foreach (var shard in _shards)
        {
            lock (shard.Gate)
            {
                var context = UpkeepContext(default);
                foreach (var (torrent, swarm) in shard.Swarms)
                {
                    removed += swarm.RemoveWhere(test, context);
                    if (dropsEmptySwarms && swarm.PeerCount == 0 && IsForgettable(swarm, context.Now))
                    {
                        empty.Add(torrent);
                    }
                }

                foreach (var torrent in empty)
                {
                    shard.Swarms.Remove(torrent);
                }

                Interlocked.Add(ref _swarmCount, -empty.Count);
                empty.Clear();
            }
        }

        Interlocked.Add(ref _peerCount, -removed);
        return removed;
    }

    private bool IsForgettable(Swarm swarm, long now) =>
        swarm.Counts.Completed == 0 || now - swarm.EmptySince > (long)_limits.EmptySwarmLifetime.TotalMilliseconds;

    /// <summary>The swarm of a torrent, to look at without its lock and to make nothing of what is seen.</summary>
    internal Swarm? Find(InfoHash infoHash)
    {
        var torrent = TorrentOf(infoHash);
        var shard = ShardOf(torrent);
        lock (shard.Gate)
        {
            return shard.Swarms.GetValueOrDefault(torrent);
        }
    }

    private InfoHash TorrentOf(InfoHash infoHash) =>
        _linkCount != 0 && _links.TryGetValue(infoHash, out var torrent) ? torrent : infoHash;

    private SwarmShard ShardOf(InfoHash torrent) => _shards[(uint)torrent.GetHashCode() % ShardCount];

    private static StoreLimits Checked(StoreLimits limits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limits.MaxSwarms);
        ArgumentOutOfRangeException.ThrowIfNegative(limits.MaxPeers);
        ArgumentOutOfRangeException.ThrowIfNegative(limits.MaxPeersPerSwarm);
        ArgumentOutOfRangeException.ThrowIfNegative(limits.MaxPeersPerUser);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limits.PeerLifetime, SwarmClock.LongestLifetime);
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.PeerLifetime, TimeSpan.FromSeconds(SwarmClock.SecondsPerTick));
        return limits;
    }
}
