using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests.Stores;

// Expiry, bounds, removal.
public abstract partial class PeerStoreContract
{
    // Peers may age in steps of some seconds.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(16);

    [Fact]
    public void Should_keep_a_peer_for_its_lifetime_and_no_longer()
    {
        Seed(new Client(1));
        Leech(new Client(1).AtV6.Restarted(2));
        Clock.Advance(DefaultLimits.PeerLifetime - Step);
        Assert.Equal(0, Store.Sweep());
        Assert.Equal(new SwarmCounts(1, 1, 0, 0), Counts());

        Clock.Advance(Step * 2);
        Assert.Equal(2, Store.Sweep());
        Assert.Equal(0, Store.GetTotals().Peers);
    }

    [Fact]
    public void Should_keep_a_peer_that_goes_on_announcing()
    {
        Seed(new Client(1));
        Seed(new Client(2));
        for (var round = 0; round < 10; round++)
        {
            Clock.Advance(DefaultLimits.PeerLifetime / 2);
            Seed(new Client(1));
            Store.Sweep();
        }

        Assert.Equal(new Client(1).Endpoint, Assert.Single(Peers()).Endpoint);
        Assert.Equal(new SwarmCounts(1, 0, 0, 0), Counts());
    }

    [Fact]
    public void Should_tell_the_age_of_a_peer_after_weeks()
    {
        // Long enough for any narrow counter of time to come round.
        Seed(new Client(1));
        for (var half = 0; half < 2 * 24 * 20; half++)
        {
            if (half % 100 == 0)
            {
                Seed(new Client(2));
            }

            Clock.Advance(TimeSpan.FromMinutes(30));
            Seed(new Client(1));
            Assert.Equal(half % 100 == 1 ? 1 : 0, Store.Sweep());
            Assert.Equal(half % 100 == 0 ? 2 : 1, Peers().Count);
            Assert.InRange(Assert.Single(Peers(), peer => peer.Id.Equals(new Client(1).Id)).Idle, TimeSpan.Zero, Step);
        }

        Clock.Advance(DefaultLimits.PeerLifetime + Step);
        Assert.Equal(1, Store.Sweep());
    }

    [Fact]
    public void Should_count_a_dual_stack_client_while_one_of_its_addresses_announces()
    {
        Leech(new Client(1));
        Leech(new Client(1).AtV6);
        Clock.Advance(DefaultLimits.PeerLifetime - Step);
        Leech(new Client(1).AtV6);
        Clock.Advance(Step * 2);

        Assert.Equal(1, Store.Sweep());
        Assert.Equal(new SwarmCounts(0, 1, 0, 0), Counts());
    }

    [Fact]
    public void Should_expire_peers_under_both_hashes_of_a_hybrid()
    {
        Store.Link(Torrent, TorrentV2);
        Leech(new Client(1));
        Leech(new Client(2), TorrentV2);
        Clock.Advance(DefaultLimits.PeerLifetime + Step);

        Assert.Equal(2, Store.Sweep());
    }

    [Fact]
    public void Should_forget_an_empty_swarm_without_downloads_when_it_sweeps()
    {
        Leech(new Client(1));
        Stop(new Client(1));
        Store.Sweep();

        Assert.False(Store.TryGetCounts(Torrent, out _));
        Assert.Equal(0, Store.GetTotals().Swarms);
    }

    [Fact]
    public void Should_keep_the_count_of_downloads_of_an_empty_swarm_for_a_while()
    {
        Leech(new Client(1));
        Announce(new Client(1), AnnounceEvent.Completed, left: 0);
        Clock.Advance(TimeSpan.FromMinutes(10));
        Stop(new Client(1));
        Clock.Advance(DefaultLimits.EmptySwarmLifetime - Step);
        Store.Sweep();
        Assert.Equal(new SwarmCounts(0, 0, 0, 1), Counts());

        Clock.Advance(Step * 2);
        Store.Sweep();
        Assert.False(Store.TryGetCounts(Torrent, out _));
    }

    [Fact]
    public void Should_refuse_a_new_swarm_when_there_are_too_many()
    {
        UseLimits(DefaultLimits with { MaxSwarms = 2 });
        Leech(new Client(1), HashOf(1));
        Leech(new Client(1), HashOf(2));

        var refused = Leech(new Client(1), HashOf(3), wanted: 50);

        Assert.Equal(StoreVerdict.TooManySwarms, refused.Outcome.Verdict);
        Assert.False(Store.TryGetCounts(HashOf(3), out _));
        Assert.Equal(StoreVerdict.Stored, Leech(new Client(2), HashOf(1)).Outcome.Verdict);

        Store.Remove(HashOf(1));
        Assert.Equal(StoreVerdict.Stored, Leech(new Client(1), HashOf(3)).Outcome.Verdict);
    }

    [Fact]
    public void Should_have_room_for_a_new_swarm_after_two_were_joined()
    {
        UseLimits(DefaultLimits with { MaxSwarms = 2 });
        Leech(new Client(1), Torrent);
        Leech(new Client(1), TorrentV2);
        Store.Link(Torrent, TorrentV2);

        Assert.Equal(StoreVerdict.Stored, Leech(new Client(1), HashOf(3)).Outcome.Verdict);
        Assert.Equal(StoreVerdict.TooManySwarms, Leech(new Client(1), HashOf(4)).Outcome.Verdict);
    }

    [Fact]
    public void Should_serve_but_not_remember_a_new_peer_when_there_are_too_many()
    {
        UseLimits(DefaultLimits with { MaxPeers = 3 });
        Leech(new Client(1));
        Leech(new Client(2).AtV6);
        Leech(new Client(3), HashOf(9));

        var answer = Leech(new Client(4), wanted: 50);

        Assert.Equal(StoreVerdict.TooManyPeers, answer.Outcome.Verdict);
        Assert.Equal(2, answer.Peers.Count());
        Assert.Equal(new SwarmCounts(0, 2, 0, 0), answer.Counts);
        Assert.Equal(StoreVerdict.Stored, Leech(new Client(1)).Outcome.Verdict);
        Assert.Equal(3, Store.GetTotals().Peers);
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("expire")]
    [InlineData("remove")]
    [InlineData("user")]
    [InlineData("unlink")]
    public void Should_have_room_again_when_peers_have_gone(string how)
    {
        UseLimits(DefaultLimits with { MaxPeers = 3 });
        Store.Link(Torrent, TorrentV2);
        for (var client = 1; client <= 3; client++)
        {
            Leech(new Client(client).Of(5), TorrentV2);
        }

        switch (how)
        {
            case "stop":
                Stop(new Client(1).Of(5), TorrentV2);
                Stop(new Client(2).Of(5), TorrentV2);
                Stop(new Client(3).Of(5), TorrentV2);
                break;
            case "expire":
                Clock.Advance(DefaultLimits.PeerLifetime + Step);
                Store.Sweep();
                break;
            case "remove":
                Store.Remove(Torrent);
                break;
            case "user":
                Store.RemoveUser(5);
                break;
            default:
                Store.Unlink(TorrentV2);
                break;
        }

        Assert.All(
            Enumerable.Range(11, 5),
            client => Assert.Equal(
                client < 14 ? StoreVerdict.Stored : StoreVerdict.TooManyPeers, Leech(new Client(client)).Outcome.Verdict));
    }

    [Fact]
    public void Should_bound_the_peers_of_a_swarm_in_each_family()
    {
        UseLimits(DefaultLimits with { MaxPeersPerSwarm = 2 });
        for (var client = 1; client <= 2; client++)
        {
            Assert.Equal(StoreVerdict.Stored, Leech(new Client(client)).Outcome.Verdict);
            Assert.Equal(StoreVerdict.Stored, Leech(new Client(client).AtV6).Outcome.Verdict);
        }

        Assert.Equal(StoreVerdict.TooManyPeers, Leech(new Client(3)).Outcome.Verdict);
        Assert.Equal(StoreVerdict.TooManyPeers, Leech(new Client(3).AtV6).Outcome.Verdict);
        Assert.Equal(StoreVerdict.Stored, Leech(new Client(3), HashOf(9)).Outcome.Verdict);
        Assert.Equal(new SwarmCounts(0, 2, 0, 0), Counts());
    }

    [Fact]
    public void Should_bound_the_peers_of_a_user_in_a_swarm()
    {
        UseLimits(DefaultLimits with { MaxPeersPerUser = 2 });
        Leech(new Client(1).Of(5));
        Leech(new Client(2).Of(5));

        var refused = Leech(new Client(3).Of(5)).Outcome;
        Assert.Equal((StoreVerdict.TooManyPeersOfUser, 0), (refused.Verdict, refused.Written4));
        Assert.Equal(StoreVerdict.Stored, Leech(new Client(2).Of(5)).Outcome.Verdict);
        Assert.Equal(StoreVerdict.Stored, Leech(new Client(3).Of(6)).Outcome.Verdict);
        Assert.Equal(StoreVerdict.Stored, Leech(new Client(4)).Outcome.Verdict);
        Assert.Equal(StoreVerdict.Stored, Leech(new Client(3).Of(5), HashOf(9)).Outcome.Verdict);
    }

    [Fact]
    public void Should_bound_the_peers_of_a_user_in_a_large_swarm()
    {
        for (var client = 100; client < 200; client++)
        {
            Leech(new Client(client).Of(client));
        }

        for (var client = 1; client <= DefaultLimits.MaxPeersPerUser; client++)
        {
            Assert.Equal(StoreVerdict.Stored, Leech(new Client(client).Of(5)).Outcome.Verdict);
        }

        Assert.Equal(StoreVerdict.TooManyPeersOfUser, Leech(new Client(99).Of(5)).Outcome.Verdict);
    }

    [Fact]
    public void Should_not_give_a_client_its_other_address_when_only_that_was_remembered()
    {
        UseLimits(DefaultLimits with { MaxPeers = 2 });
        Leech(new Client(1));
        Leech(new Client(2));

        Assert.Equal([new Client(2).Endpoint], Leech(new Client(1).AtV6, wanted: 50).Peers);
    }

    [Fact]
    public void Should_forget_a_swarm_that_is_removed()
    {
        Seed(new Client(1));
        Seed(new Client(1), HashOf(9));

        Assert.True(Store.Remove(Torrent));

        Assert.False(Store.TryGetCounts(Torrent, out _));
        Assert.Empty(Peers());
        Assert.Equal((1, 1), (Store.GetTotals().Swarms, Store.GetTotals().Peers));
        Assert.Equal(new SwarmCounts(0, 1, 0, 0), Leech(new Client(2)).Counts);
    }
}
