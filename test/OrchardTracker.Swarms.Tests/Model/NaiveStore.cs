using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests.Model;

/// <summary>
/// What a peer store is to do, said as plainly as possible: lists, LINQ, no counters kept, nothing indexed.
/// </summary>
internal sealed partial class NaiveStore(StoreLimits limits)
{
    private readonly Dictionary<InfoHash, InfoHash> _firstOf = [];

    public Dictionary<InfoHash, NaiveSwarm> Swarms { get; } = [];

    public TimeSpan Now { get; private set; }

    /// <summary>How long each user has had a seeder in each torrent: nobody can be credited more.</summary>
    public Dictionary<(int User, InfoHash Torrent), TimeSpan> SeededFor { get; } = [];

    public InfoHash TorrentOf(InfoHash infoHash) => _firstOf.GetValueOrDefault(infoHash, infoHash);

    public void Pass(TimeSpan time)
    {
        foreach (var (torrent, swarm) in Swarms)
        {
            foreach (var user in swarm.Peers.Where(peer => peer.IsSeeder).Select(peer => peer.User).Distinct())
            {
                SeededFor[(user, torrent)] = SeededFor.GetValueOrDefault((user, torrent)) + time;
            }
        }

        Now += time;
    }

    public int Sweep()
    {
        // The ages of peers are told in steps of 8 seconds.
        var removed = Swarms.Values.Sum(swarm => swarm.RemoveAll(peer => Steps(Now) - Steps(peer.SeenAt) > Steps(limits.PeerLifetime), Now));
        foreach (var (torrent, swarm) in Swarms.ToArray())
        {
            if (swarm.Peers.Count == 0 && (swarm.Completed == 0 || Now - swarm.EmptySince > limits.EmptySwarmLifetime))
            {
                Swarms.Remove(torrent);
            }
        }

        return removed;

        static long Steps(TimeSpan time) => (long)time.TotalSeconds / 8;
    }

    public void Link(InfoHash v1, InfoHash v2)
    {
        if (_firstOf.TryGetValue(v2, out var known) && known == v1)
        {
            return;
        }

        foreach (var second in _firstOf.Where(pair => pair.Key == v1 || pair.Key == v2 || pair.Value == v1 || pair.Value == v2).ToArray())
        {
            Unlink(second.Key);
        }

        _firstOf[v2] = v1;
        if (Swarms.Remove(v2, out var other))
        {
            var swarm = Swarms.TryGetValue(v1, out var existing) ? existing : Swarms[v1] = new NaiveSwarm();
            swarm.Peers.AddRange(other.Peers);
            swarm.Completed = Math.Max(swarm.Completed, other.Completed);
            swarm.EmptySince = TimeSpan.FromTicks(Math.Max(swarm.EmptySince.Ticks, other.EmptySince.Ticks));
        }
    }

    public void Unlink(InfoHash v2)
    {
        if (_firstOf.Remove(v2, out var v1) && Swarms.TryGetValue(v1, out var swarm))
        {
            swarm.RemoveAll(peer => peer.InfoHash == v2, Now);
        }
    }

    public bool Remove(InfoHash infoHash) => Swarms.Remove(TorrentOf(infoHash));

    public int RemoveUser(int user) => user == 0 ? 0 : Swarms.Values.Sum(swarm => swarm.RemoveAll(peer => peer.User == user, Now));
}
