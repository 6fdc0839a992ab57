using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms;

public sealed partial class MemoryPeerStore
{
    private readonly Lock _linking = new();

    // From the v1 hash of a hybrid to its v2 hash; touched only by who is linking.
    private readonly Dictionary<InfoHash, InfoHash> _seconds = [];

    public void Link(InfoHash v1, InfoHash v2)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(v2, v1);
        lock (_linking)
        {
            if (_links.TryGetValue(v2, out var known) && known == v1)
            {
                return;
            }

            ComeApart(v1);
            ComeApart(v2);
            WithBoth(v1, v2, (first, second) =>
            {
                _seconds[v1] = v2;
                _links[v2] = v1;
                _linkCount = _links.Count;
                if (!second.Swarms.Remove(v2, out var other))
                {
                    return;
                }

                if (first.Swarms.TryGetValue(v1, out var swarm))
                {
                    Interlocked.Decrement(ref _swarmCount);
                }
                else
                {
                    first.Swarms.Add(v1, swarm = new Swarm());
                }

                Interlocked.Add(ref _peerCount, -swarm.TakeSecond(other, UpkeepContext(v1)));
            });
        }
    }

    public void Unlink(InfoHash v2)
    {
        lock (_linking)
        {
            if (!_links.TryGetValue(v2, out var v1))
            {
                return;
            }

            WithBoth(v1, v2, (first, _) =>
            {
                _seconds.Remove(v1);
                _links.TryRemove(v2, out InfoHash _);
                _linkCount = _links.Count;
                if (first.Swarms.TryGetValue(v1, out var swarm))
                {
                    Interlocked.Add(ref _peerCount, -swarm.DropSecond(UpkeepContext(v1)));
                }
            });
        }
    }

    /// <summary>A hash is of one torrent: whatever pair it was in before was wrong.</summary>
    private void ComeApart(InfoHash infoHash)
    {
        Unlink(infoHash);
        if (_seconds.TryGetValue(infoHash, out var second))
        {
            Unlink(second);
        }
    }

    private SwarmContext UpkeepContext(InfoHash torrent) => new()
    {
        Limits = _limits,
        HasRoomForPeers = true,
        Torrent = torrent,
        Now = _clock.Milliseconds,
    };

    /// <summary>Holds the shards of two hashes, always in the same order.</summary>
    private void WithBoth(InfoHash v1, InfoHash v2, Action<SwarmShard, SwarmShard> action)
    {
        var first = ShardOf(v1);
        var second = ShardOf(v2);
        var inOrder = Array.IndexOf(_shards, first) <= Array.IndexOf(_shards, second);
        lock (inOrder ? first.Gate : second.Gate)
        {
            lock (inOrder ? second.Gate : first.Gate)
            {
                action(first, second);
            }
        }
    }
}
