namespace OrchardTracker.Swarms.Tests.Model;

/// <summary>The peers of a torrent as a plain list: every question is answered by looking at all of them.</summary>
internal sealed class NaiveSwarm
{
    public List<NaivePeer> Peers { get; } = [];

    public int Completed { get; set; }

    public TimeSpan EmptySince { get; set; }

    public int Seeders => Peers.Where(peer => peer.IsSeeder).DistinctBy(peer => peer.CountedAs).Count();

    public int Leechers => Peers.Where(peer => !peer.IsSeeder).DistinctBy(peer => peer.CountedAs).Count();

    /// <summary>
    /// A user with a partial seed and a downloading client counts as either, whichever stands for him.
    /// </summary>
    public (int Least, int Most) PartialSeeds
    {
        get
        {
            var clients = Peers.Where(peer => !peer.IsSeeder).GroupBy(peer => peer.CountedAs).ToArray();
            return (clients.Count(client => client.All(peer => peer.IsPartial)), clients.Count(client => client.Any(peer => peer.IsPartial)));
        }
    }

    public IEnumerable<NaivePeer> SiblingsOf(NaivePeer peer) => Peers.Where(peer.IsSiblingOf);

    public int RemoveAll(Predicate<NaivePeer> test, TimeSpan now)
    {
        var removed = Peers.RemoveAll(test);
        if (removed > 0 && Peers.Count == 0)
        {
            EmptySince = now;
        }

        return removed;
    }
}
