using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests.Stores;

public abstract partial class PeerStoreContract
{
    private const int Threads = 4;

    [Fact]
    public void Should_keep_its_counts_right_while_all_happens_at_once()
    {
        const int Rounds = 20_000;
        var hashes = Enumerable.Range(1, 4).Select(HashOf).ToArray();
        UseLimits(DefaultLimits with { MaxPeers = 150, PeerLifetime = TimeSpan.FromMinutes(2) });
        RunThreads(thread =>
        {
            var random = new Random(thread);
            for (var round = 0; round < Rounds; round++)
            {
                var hash = hashes[random.Next(hashes.Length)];
                switch (random.Next(200))
                {
                    case 0:
                        Store.Link(hashes[0], hashes[1]);
                        break;
                    case 1:
                        Store.Unlink(hashes[random.Next(2)]);
                        break;
                    case 2:
                        // Against the order of the other link.
                        Store.Link(hashes[3], hashes[2]);
                        break;
                    case 3:
                        Store.Link(hashes[1], hashes[3]);
                        break;
                    case 4:
                        Clock.Advance(TimeSpan.FromSeconds(random.Next(60)));
                        Store.Sweep();
                        break;
                    case 5:
                        Store.RemoveUser(random.Next(1, 5));
                        break;
                    case 6:
                        Store.Remove(hash);
                        break;
                    case 7:
                        Store.GetTotals();
                        Store.TryGetCounts(hash, out _);
                        Assert.True(Store.GetPeers(hash, 30).Count <= 30);
                        Assert.True(Store.Enumerate().Count() <= hashes.Length);
                        break;
                    default:
                        AnnounceAnything(random, hash);
                        break;
                }
            }
        });

        AssertCountsAreThoseOfThePeers(hashes);
        AssertHasRoomFor(150, hashes);
    }

    [Fact]
    public void Should_lose_no_announce_of_many_threads()
    {
        const int Each = 5_000;
        RunThreads(thread =>
        {
            for (var client = thread * Each; client < (thread + 1) * Each; client++)
            {
                Announce(new Client(client), left: client % 2);
            }
        });

        Assert.Equal(new SwarmCounts(Threads * Each / 2, Threads * Each / 2, 0, 0), Counts());
        Assert.Equal(Threads * Each, Peers().Select(peer => peer.Endpoint).Distinct().Count());
    }

    [Fact]
    public void Should_count_a_client_once_that_announces_by_many_threads()
    {
        Store.Link(Torrent, TorrentV2);
        RunThreads(thread =>
        {
            var client = thread % 2 == 0 ? new Client(1) : new Client(1).AtV6;
            for (var round = 0; round < 5_000; round++)
            {
                Announce(client, left: round % 2, hash: thread < 2 ? Torrent : TorrentV2);
            }
        });

        Assert.Equal(1, Counts().Seeders + Counts().Leechers);
        Assert.Equal(4, Peers().Count);
    }

    [Fact]
    public void Should_account_once_what_many_threads_say()
    {
        Store.Link(Torrent, TorrentV2);
        var client = new Client(1).Of(5);
        Announce(client, AnnounceEvent.Started);
        long accounted = 0;
        RunThreads(thread =>
        {
            for (var round = 1; round <= 5_000; round++)
            {
                var delta = Announce(thread % 2 == 0 ? client : client.AtV6, uploaded: round, hash: thread < 2 ? Torrent : TorrentV2).Outcome.Account;
                Interlocked.Add(ref accounted, delta.Uploaded);
            }
        });

        Assert.Equal(5_000, accounted);
    }

    [Fact]
    public void Should_keep_every_peer_when_swarms_are_joined_while_they_are_announced_to()
    {
        const int Pairs = 100;
        const int Clients = 20;
        RunThreads(thread =>
        {
            for (var pair = 0; pair < Pairs; pair++)
            {
                for (var client = 0; client < Clients; client++)
                {
                    if (thread == 0 && client == Clients / 2)
                    {
                        Store.Link(HashOf(pair), HashOf(1_000 + pair));
                    }

                    Leech(new Client(thread * Clients + client), HashOf((client % 2 * 1_000) + pair));
                }
            }
        });

        Assert.Equal(Pairs, Store.GetTotals().Swarms);
        Assert.Equal(Pairs * Threads * Clients, Store.GetTotals().Peers);
        Assert.All(Store.Enumerate(), swarm => Assert.Equal(Threads * Clients, swarm.Value.Leechers));
    }

    private static void RunThreads(Action<int> run)
    {
        var failures = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        var threads = Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            try
            {
                run(thread);
            }
            catch (Exception exception)
            {
                failures.Enqueue(exception);
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Empty(failures);
    }

    private void AnnounceAnything(Random random, InfoHash hash)
    {
        // Each id has one key and one user, so that peers tell who counts as whom.
        var number = random.Next(60);
        var client = new Client(number) with { Key = number % 4 == 0 ? 0 : (uint)number, User = number % 3 == 0 ? number % 5 + 1 : 0 };
        client = random.Next(3) == 0 ? client.AtV6 : client;
        client = random.Next(10) == 0 && number % 4 != 0 ? client.At($"192.0.2.{number + 1}:80") : client;
        var because = (AnnounceEvent)random.Next(5);
        Announce(client, because, left: random.Next(2), uploaded: random.Next(1000), wanted: random.Next(40), hash: hash);
    }

    private void AssertCountsAreThoseOfThePeers(InfoHash[] hashes)
    {
        var swarms = Store.Enumerate().ToDictionary();
        Assert.All(swarms, swarm =>
        {
            var peers = Peers(swarm.Key);
            Assert.Equal(peers.Where(peer => peer.IsSeeder).Select(CountedAs).Distinct().Count(), swarm.Value.Seeders);
            Assert.Equal(peers.Where(peer => !peer.IsSeeder).Select(CountedAs).Distinct().Count(), swarm.Value.Leechers);
        });
        var totals = Store.GetTotals();
        Assert.Equal((swarms.Count, swarms.Keys.Sum(hash => Peers(hash).Count)), (totals.Swarms, totals.Peers));
        Assert.All(swarms.Keys, hash => Assert.Contains(hash, hashes));

        static string CountedAs(PeerView peer)
        {
            var number = int.Parse(System.Text.Encoding.ASCII.GetString(peer.Id.Bytes[^4..]), System.Globalization.CultureInfo.InvariantCulture);
            return peer.User != 0 ? $"user {peer.User}" : number % 4 == 0 ? peer.Endpoint.ToString() : peer.Id.ToString();
        }
    }

    /// <summary>A store that had lost count of its peers would have more room or less.</summary>
    private void AssertHasRoomFor(int peers, InfoHash[] hashes)
    {
        foreach (var hash in hashes)
        {
            Store.Remove(hash);
            Store.Unlink(hash);
        }

        Assert.Equal((0, 0), (Store.GetTotals().Swarms, Store.GetTotals().Peers));
        for (var client = 0; client < 2 * peers; client++)
        {
            Leech(new Client(client));
        }

        Assert.Equal(peers, Store.GetTotals().Peers);
    }
}
