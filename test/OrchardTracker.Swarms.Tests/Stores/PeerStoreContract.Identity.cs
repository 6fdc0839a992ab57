using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests.Stores;

public abstract partial class PeerStoreContract
{
    [Fact]
    public void Should_take_a_new_id_at_the_same_endpoint_for_the_same_peer()
    {
        Leech(new Client(1).WithoutKey);
        Leech(new Client(1).Restarted(2).WithoutKey);
        var answer = Seed(new Client(1).Restarted(3));

        Assert.Equal(new SwarmCounts(1, 0, 0, 0), answer.Counts);
        Assert.Equal(new Client(3).Id, Assert.Single(Peers()).Id);
    }

    [Fact]
    public void Should_count_two_ports_of_one_address_as_two_peers()
    {
        Leech(new Client(1));
        Leech(new Client(2).At("10.0.0.1:6882"));

        Assert.Equal(new SwarmCounts(0, 2, 0, 0), Counts());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    public void Should_move_a_client_that_proves_itself_by_its_key(int others)
    {
        for (var client = 2; client < 2 + others; client++)
        {
            Leech(new Client(client));
        }

        Leech(new Client(1));
        var answer = Leech(new Client(1).At("192.0.2.1:7000"));

        Assert.False(answer.Outcome.IsNew);
        Assert.Equal(others + 1, answer.Counts.Leechers);
        Assert.Contains(Peers(), peer => peer.Endpoint.ToString() == "192.0.2.1:7000");
        Assert.DoesNotContain(Peers(), peer => peer.Endpoint.Equals(new Client(1).Endpoint));

        // It is found again at its new address, and its old one is free.
        Assert.Equal(others + 1, Leech(new Client(1).At("192.0.2.1:7000")).Counts.Leechers);
        Assert.Equal(others + 2, Leech(new Client(1).Restarted(900)).Counts.Leechers);
    }

    [Fact]
    public void Should_not_move_a_client_without_the_right_key()
    {
        Leech(new Client(1));
        Leech(new Client(1).At("192.0.2.1:7000") with { Key = 99 });
        Leech(new Client(1).At("192.0.2.1:7001").WithoutKey);

        Assert.Equal(new SwarmCounts(0, 3, 0, 0), Counts());
        Assert.Contains(Peers(), peer => peer.Endpoint.Equals(new Client(1).Endpoint));
    }

    [Fact]
    public void Should_not_move_clients_that_have_no_key()
    {
        Leech(new Client(1).WithoutKey);
        Leech(new Client(1).WithoutKey.At("192.0.2.1:7000"));

        Assert.Equal(new SwarmCounts(0, 2, 0, 0), Counts());
    }

    [Fact]
    public void Should_not_take_the_same_key_of_another_id_for_the_same_client()
    {
        Leech(new Client(1));
        Leech(new Client(2) with { Key = new Client(1).Key });

        Assert.Equal(new SwarmCounts(0, 2, 0, 0), Counts());
    }

    [Fact]
    public void Should_count_a_client_once_that_moves_to_where_another_was()
    {
        Leech(new Client(1));
        Seed(new Client(2));
        var answer = Leech(new Client(1).At(new Client(2).Endpoint.ToString()));

        Assert.Equal(new SwarmCounts(0, 1, 0, 0), answer.Counts);
        Assert.Equal(new Client(2).Endpoint, Assert.Single(Peers()).Endpoint);
    }

    [Fact]
    public void Should_count_a_dual_stack_client_once()
    {
        Leech(new Client(1));
        var answer = Leech(new Client(1).AtV6);

        Assert.Equal(new SwarmCounts(0, 1, 0, 0), answer.Counts);
        Assert.Equal(2, Peers().Count);
    }

    [Fact]
    public void Should_count_a_dual_stack_client_without_a_key_twice()
    {
        // Nothing tells that it is one.
        Leech(new Client(1).WithoutKey);

        Assert.Equal(new SwarmCounts(0, 2, 0, 0), Leech(new Client(1).WithoutKey.AtV6).Counts);
    }

    [Fact]
    public void Should_keep_counting_a_dual_stack_client_that_stops_in_one_family()
    {
        Leech(new Client(1));
        Leech(new Client(1).AtV6);

        Assert.Equal(new SwarmCounts(0, 1, 0, 0), Stop(new Client(1)).Counts);
        Assert.Equal(new SwarmCounts(0, 0, 0, 0), Stop(new Client(1).AtV6).Counts);
    }

    [Fact]
    public void Should_make_a_seeder_of_a_dual_stack_client_in_both_families()
    {
        Leech(new Client(1));
        Leech(new Client(1).AtV6);

        Assert.Equal(new SwarmCounts(1, 0, 0, 0), Seed(new Client(1).AtV6).Counts);
        Assert.All(Peers(), peer => Assert.True(peer.IsSeeder));
    }

    [Fact]
    public void Should_make_a_partial_seed_of_a_dual_stack_client_in_both_families()
    {
        Leech(new Client(1));
        Leech(new Client(1).AtV6);

        Assert.Equal(new SwarmCounts(0, 1, 1, 0), Announce(new Client(1).AtV6, AnnounceEvent.Paused, left: 3).Counts);
        Assert.All(Peers(), peer => Assert.True(peer.IsPartialSeed));
    }

    [Fact]
    public void Should_count_one_completion_of_a_dual_stack_client()
    {
        Leech(new Client(1));
        Leech(new Client(1).AtV6);
        Announce(new Client(1), AnnounceEvent.Completed, left: 0);

        Assert.False(Announce(new Client(1).AtV6, AnnounceEvent.Completed, left: 0).Outcome.HasCompleted);
        Assert.Equal(1, Counts().Completed);
    }

    [Fact]
    public void Should_take_a_mapped_address_for_the_ipv4_address_in_it()
    {
        Leech(new Client(1).At("192.0.2.1:7000"));
        Leech(new Client(1).Restarted(2).At("[::ffff:192.0.2.1]:7000"));

        Assert.Equal("192.0.2.1:7000", Assert.Single(Peers()).Endpoint.ToString());
    }

    [Fact]
    public void Should_find_every_client_again_while_a_swarm_grows_and_shrinks()
    {
        // Past every threshold of a packed list and its indexes, up and down, twice.
        foreach (var size in (int[])[40, 10, 70, 5_000, 300, 20, 1, 100, 0, 60])
        {
            var before = Peers().Count;
            for (var client = before; client < size; client++)
            {
                Announce(new Client(client), left: client % 2);
            }

            for (var client = before - 1; client >= size; client--)
            {
                Stop(new Client(client));
            }

            for (var client = 0; client < size; client++)
            {
                Assert.False(Announce(new Client(client), left: (client + 1) % 2).Outcome.IsNew);
                Assert.False(Announce(new Client(client).At($"192.0.2.7:{client + 1}"), left: client % 2).Outcome.IsNew);
                Assert.False(Announce(new Client(client), left: client % 2).Outcome.IsNew);
            }

            Assert.Equal((size / 2, size - size / 2), (Counts().Leechers, Counts().Seeders));
            Assert.Equal(
                Enumerable.Range(0, size).Select(client => (new Client(client).Endpoint.ToString(), new Client(client).Id.ToString())).ToHashSet(),
                Peers().Select(peer => (peer.Endpoint.ToString(), peer.Id.ToString())).ToHashSet());
        }
    }
}
