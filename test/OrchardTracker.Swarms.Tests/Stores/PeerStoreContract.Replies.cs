using System.Net;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests.Stores;

public abstract partial class PeerStoreContract
{
    [Fact]
    public void Should_give_the_other_peers_with_their_ids()
    {
        Seed(new Client(1));
        Leech(new Client(2));

        var answer = Leech(new Client(3), wanted: 50);

        Assert.Equal(
            new HashSet<(IPEndPoint, PeerId)> { (new Client(1).Endpoint, new Client(1).Id), (new Client(2).Endpoint, new Client(2).Id) },
            answer.Peers.Zip(answer.Ids).ToHashSet());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(31)]
    [InlineData(500)]
    public void Should_give_as_many_distinct_peers_as_are_wanted_and_there(int others)
    {
        for (var client = 1; client <= others; client++)
        {
            Leech(new Client(client));
        }

        foreach (var wanted in (int[])[0, 1, 2, 3, 10, others - 1, others, others + 1, 200])
        {
            var answer = Leech(new Client(0), wanted: wanted);

            Assert.Equal(Math.Min(200, Math.Min(Math.Max(0, wanted), others)), answer.V4.Count);
            Assert.Equal(answer.V4.Count, answer.V4.Distinct().Count());
            Assert.DoesNotContain(new Client(0).Endpoint, answer.V4);
        }
    }

    [Fact]
    public void Should_give_no_more_than_there_is_room_for()
    {
        for (var client = 1; client <= 50; client++)
        {
            Leech(new Client(client));
            Leech(new Client(client).AtV6);
        }

        var announce = new PeerAnnounce { InfoHash = Torrent, Address = PeerAddress.FromV4(1), Port = 1, Left = 1, Wanted = 50 };
        var answer = Answer.Of(Store, announce, room4: 7, room6: 4);

        Assert.Equal((7, 4), (answer.V4.Count, answer.V6.Count));
    }

    [Fact]
    public void Should_write_no_ids_where_nobody_wants_them()
    {
        Leech(new Client(1));
        var endpoints = new Endpoint4[10];

        var announce = new PeerAnnounce { InfoHash = Torrent, Address = PeerAddress.FromV4(1), Port = 1, Left = 1, Wanted = 10 };
        var outcome = Store.Announce(announce, new PeerSpace(endpoints, []));

        Assert.Equal(1, outcome.Written4);
        Assert.Equal(new Client(1).Endpoint, endpoints[0].ToIPEndPoint());
    }

    [Fact]
    public void Should_give_no_peers_to_who_stops()
    {
        Leech(new Client(1));
        Leech(new Client(2));

        Assert.Empty(Announce(new Client(2), AnnounceEvent.Stopped, wanted: 50).Peers);
    }

    [Fact]
    public void Should_give_no_seeders_to_a_seeder()
    {
        for (var client = 1; client <= 40; client++)
        {
            Seed(new Client(client));
            Seed(new Client(client).AtV6);
        }

        Leech(new Client(100));
        Leech(new Client(101).AtV6);

        var answer = Seed(new Client(1), wanted: 50);

        Assert.Equal([new Client(100).Endpoint, new Client(101).AtV6.Endpoint], answer.Peers);
    }

    [Fact]
    public void Should_give_seeders_to_a_seeder_that_has_just_come_when_there_is_nobody_else()
    {
        Seed(new Client(1));
        Seed(new Client(2).AtV6);

        Assert.Equal([new Client(1).Endpoint, new Client(2).AtV6.Endpoint], Announce(new Client(3), AnnounceEvent.Started, left: 0, wanted: 50).Peers);
        Assert.Empty(Seed(new Client(3), wanted: 50).Peers);
        Leech(new Client(4));
        Assert.Equal([new Client(4).Endpoint], Announce(new Client(5), AnnounceEvent.Started, left: 0, wanted: 50).Peers);
    }

    [Fact]
    public void Should_give_a_partial_seed_only_leechers()
    {
        Seed(new Client(1));
        Leech(new Client(2));

        var answer = Announce(new Client(3), AnnounceEvent.Paused, left: 5, wanted: 50);

        Assert.Equal([new Client(2).Endpoint], answer.Peers);
    }

    [Fact]
    public void Should_give_seeders_and_leechers_to_a_leecher()
    {
        for (var client = 1; client <= 10; client++)
        {
            Seed(new Client(client));
            Leech(new Client(100 + client));
        }

        Assert.Equal(20, Leech(new Client(0), wanted: 50).V4.Count);
    }

    [Fact]
    public void Should_never_give_a_client_itself()
    {
        foreach (var others in (int[])[0, 1, 5, 31, 32, 33, 60])
        {
            for (var client = 1; client <= others; client++)
            {
                Leech(new Client(client));
            }

            for (var round = 0; round < 50; round++)
            {
                Assert.DoesNotContain(new Client(0).Endpoint, Leech(new Client(0), wanted: 50).Peers);
                Assert.DoesNotContain(new Client(0).Endpoint, Seed(new Client(0), wanted: 50).Peers);
                Assert.DoesNotContain(new Client(0).Endpoint, Leech(new Client(0), wanted: others / 2).Peers);
            }
        }
    }

    [Fact]
    public void Should_never_give_a_dual_stack_client_its_other_address()
    {
        var client = new Client(1);
        for (var other = 2; other < 12; other++)
        {
            Leech(new Client(other));
            Leech(new Client(other).AtV6);
        }

        Leech(client);
        for (var round = 0; round < 50; round++)
        {
            Assert.DoesNotContain(client.Endpoint, Leech(client.AtV6, wanted: 30).Peers);
            Assert.DoesNotContain(client.AtV6.Endpoint, Leech(client, wanted: 30).Peers);
        }
    }

    [Fact]
    public void Should_give_peers_of_both_families_to_either()
    {
        Leech(new Client(1));
        Leech(new Client(2).AtV6);

        Assert.Equal(2, Leech(new Client(3), wanted: 50).Peers.Count());
        Assert.Equal(3, Leech(new Client(4).AtV6, wanted: 50).Peers.Count());
    }

    [Theory]
    [InlineData(100, 100)]
    [InlineData(100, 3)]
    [InlineData(3, 100)]
    [InlineData(0, 100)]
    [InlineData(100, 0)]
    public void Should_fill_a_reply_from_both_families(int v4, int v6)
    {
        for (var client = 1; client <= 100; client++)
        {
            Seed(new Client(1000 + client));
            if (client <= v4)
            {
                Leech(new Client(client));
            }

            if (client <= v6)
            {
                Leech(new Client(200 + client).AtV6);
            }
        }

        foreach (var asking in (Client[])[new Client(0), new Client(0).AtV6])
        {
            Assert.Equal(Math.Min(50, v4 + v6), Seed(asking, wanted: 50).Peers.Count());
            Assert.Equal(50, Leech(asking.WithoutKey, wanted: 50).Peers.Count());
            Stop(asking);
        }
    }

    [Fact]
    public void Should_give_most_peers_of_the_family_that_asks()
    {
        for (var client = 1; client <= 100; client++)
        {
            Leech(new Client(client));
            Leech(new Client(200 + client).AtV6);
        }

        var over4 = Leech(new Client(0), wanted: 40);
        var over6 = Leech(new Client(900).AtV6, wanted: 40);

        Assert.True(over4.V4.Count > over4.V6.Count && over4.V6.Count > 0);
        Assert.True(over6.V6.Count > over6.V4.Count && over6.V4.Count > 0);
    }

    /// <summary>
    /// Each trial gives a peer with the probability wanted / others, so its count is binomial. Eight standard deviations
    /// are exceeded by chance about once in 10^15 counts.
    /// </summary>
    [Theory]
    [InlineData(2, 1)]
    [InlineData(7, 3)]
    [InlineData(33, 5)]
    [InlineData(33, 32)]
    [InlineData(200, 20)]
    [InlineData(200, 150)]
    public void Should_give_each_peer_with_the_same_chance(int others, int wanted)
    {
        const int Trials = 20_000;
        for (var client = 1; client <= others; client++)
        {
            Leech(new Client(client));
            Seed(new Client(10_000 + client).AtV6);
        }

        // The asking peer stands in the middle of the others.
        Leech(new Client(0));
        for (var client = 1; client <= others; client += 2)
        {
            Stop(new Client(client));
            Leech(new Client(client));
        }

        var given = new Dictionary<IPEndPoint, int>();
        var announce = new PeerAnnounce
        {
            InfoHash = Torrent,
            PeerId = new Client(0).Id,
            Key = new Client(0).Key,
            Address = PeerAddress.From(new Client(0).Endpoint.Address),
            Port = (ushort)new Client(0).Endpoint.Port,
            Left = 1,
            Wanted = wanted,
        };
        var space = new Endpoint4[wanted];
        for (var trial = 0; trial < Trials; trial++)
        {
            Assert.Equal(wanted, Store.Announce(announce, new PeerSpace(space, [])).Written4);
            foreach (var endpoint in space)
            {
                given[endpoint.ToIPEndPoint()] = given.GetValueOrDefault(endpoint.ToIPEndPoint()) + 1;
            }
        }

        var chance = (double)wanted / others;
        var tolerance = 8 * Math.Sqrt(Trials * chance * (1 - chance));
        Assert.Equal(others, given.Count);
        Assert.All(given.Values, count => Assert.InRange(count, Trials * chance - tolerance, Trials * chance + tolerance));
    }

    [Fact]
    public void Should_not_always_give_the_same_neighbours_together()
    {
        for (var client = 1; client <= 100; client++)
        {
            Leech(new Client(client));
        }

        var replies = Enumerable.Range(0, 200)
            .Select(_ => string.Join(' ', Leech(new Client(0), wanted: 10).V4.Select(peer => peer.ToString()).Order()))
            .Distinct()
            .Count();

        Assert.True(replies > 20, $"Only {replies} different replies of 200.");
    }
}
