using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests.Stores;

public abstract partial class PeerStoreContract
{
    [Fact]
    public void Should_count_a_client_once_over_both_hashes_of_a_hybrid()
    {
        Store.Link(Torrent, TorrentV2);
        Leech(new Client(1));
        Leech(new Client(1), TorrentV2);
        Leech(new Client(2).WithoutKey);
        var answer = Leech(new Client(2).WithoutKey, TorrentV2);

        Assert.Equal(new SwarmCounts(0, 2, 0, 0), answer.Counts);
        Assert.Equal(answer.Counts, Counts());
        Assert.Equal(answer.Counts, Counts(TorrentV2));
    }

    [Fact]
    public void Should_count_a_dual_stack_client_once_over_both_hashes()
    {
        Store.Link(Torrent, TorrentV2);
        foreach (var client in (Client[])[new Client(1), new Client(1).AtV6])
        {
            Leech(client);
            Leech(client, TorrentV2);
        }

        Assert.Equal(new SwarmCounts(0, 1, 0, 0), Counts());
        Assert.Equal(new SwarmCounts(1, 0, 0, 0), Seed(new Client(1), TorrentV2).Counts);
        Assert.All(Peers(), peer => Assert.True(peer.IsSeeder));
    }

    [Fact]
    public void Should_give_only_peers_that_announced_the_asked_hash()
    {
        Store.Link(Torrent, TorrentV2);
        Leech(new Client(1));
        Leech(new Client(2), TorrentV2);
        Leech(new Client(3));
        Leech(new Client(3), TorrentV2);

        Assert.Equal(
            [new Client(1).Endpoint, new Client(3).Endpoint],
            Leech(new Client(9), wanted: 50).Peers.OrderBy(peer => peer.ToString()));
        Assert.Equal(
            [new Client(2).Endpoint, new Client(3).Endpoint],
            Leech(new Client(9), TorrentV2, wanted: 50).Peers.OrderBy(peer => peer.ToString()));
    }

    [Fact]
    public void Should_leave_the_other_hash_when_a_client_stops_on_one()
    {
        Store.Link(Torrent, TorrentV2);
        Leech(new Client(1));
        Leech(new Client(1), TorrentV2);

        Assert.Equal(new SwarmCounts(0, 1, 0, 0), Stop(new Client(1)).Counts);
        Assert.Empty(Leech(new Client(2), wanted: 50).Peers);
        Assert.Equal([new Client(1).Endpoint], Leech(new Client(2), TorrentV2, wanted: 50).Peers);

        Stop(new Client(1), TorrentV2);
        Assert.Equal(new SwarmCounts(0, 1, 0, 0), Counts());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Should_count_one_completion_over_both_hashes(bool hasKey)
    {
        var client = hasKey ? new Client(1) : new Client(1).WithoutKey;
        Store.Link(Torrent, TorrentV2);
        Leech(client);
        Leech(client, TorrentV2);

        Assert.True(Announce(client, AnnounceEvent.Completed, left: 0, hash: TorrentV2).Outcome.HasCompleted);
        Assert.False(Announce(client, AnnounceEvent.Completed, left: 0).Outcome.HasCompleted);
        Assert.Equal(new SwarmCounts(1, 0, 0, 1), Counts());
    }

    [Fact]
    public void Should_count_one_completion_of_a_client_that_comes_late_to_the_second_hash()
    {
        Store.Link(Torrent, TorrentV2);
        Leech(new Client(1));
        Announce(new Client(1), AnnounceEvent.Completed, left: 0);

        Assert.False(Announce(new Client(1), AnnounceEvent.Completed, left: 0, hash: TorrentV2).Outcome.HasCompleted);
        Assert.Equal(1, Counts().Completed);
    }

    [Fact]
    public void Should_join_swarms_that_exist_when_they_are_linked()
    {
        Leech(new Client(1));
        Leech(new Client(1), TorrentV2);
        Seed(new Client(2), TorrentV2);
        Leech(new Client(3).AtV6);
        Store.Link(Torrent, TorrentV2);

        Assert.Equal(new SwarmCounts(1, 2, 0, 0), Counts());
        Assert.Equal(Counts(), Counts(TorrentV2));
        Assert.Equal((1, 4), (Store.GetTotals().Swarms, Store.GetTotals().Peers));
        Assert.Equal([KeyValuePair.Create(Torrent, Counts())], Store.Enumerate());
    }

    [Fact]
    public void Should_join_a_swarm_that_exists_only_under_the_second_hash()
    {
        Seed(new Client(2), TorrentV2);
        Store.Link(Torrent, TorrentV2);

        Assert.Equal(new SwarmCounts(1, 0, 0, 0), Counts());
        Assert.Empty(Leech(new Client(1), wanted: 50).Peers);
        Assert.Equal([new Client(2).Endpoint], Leech(new Client(1), TorrentV2, wanted: 50).Peers);
    }

    [Fact]
    public void Should_keep_the_greater_count_of_downloads_when_swarms_are_joined()
    {
        foreach (var (client, hash) in ((int, InfoHash)[])[(1, Torrent), (1, TorrentV2), (2, TorrentV2)])
        {
            Leech(new Client(client), hash);
            Announce(new Client(client), AnnounceEvent.Completed, left: 0, hash: hash);
        }

        Store.Link(Torrent, TorrentV2);

        Assert.Equal(2, Counts().Completed);
    }

    [Fact]
    public void Should_keep_the_count_of_downloads_of_a_joined_swarm_that_was_just_left()
    {
        Store.Sweep();
        Clock.Advance(DefaultLimits.EmptySwarmLifetime * 2);
        Leech(new Client(1), TorrentV2);
        Announce(new Client(1), AnnounceEvent.Completed, left: 0, hash: TorrentV2);
        Stop(new Client(1), TorrentV2);

        Store.Link(Torrent, TorrentV2);
        Store.Sweep();

        Assert.Equal(1, Counts().Completed);
    }

    [Fact]
    public void Should_link_the_same_hashes_again_without_a_change()
    {
        Store.Link(Torrent, TorrentV2);
        Leech(new Client(1));
        Leech(new Client(2), TorrentV2);
        Store.Link(Torrent, TorrentV2);

        Assert.Equal(new SwarmCounts(0, 2, 0, 0), Counts());
        Assert.Equal(2, Store.GetTotals().Peers);
    }

    [Fact]
    public void Should_not_link_a_hash_to_itself() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Store.Link(Torrent, Torrent));

    [Fact]
    public void Should_start_the_second_hash_anew_when_it_is_unlinked()
    {
        Store.Link(Torrent, TorrentV2);
        Leech(new Client(1));
        Leech(new Client(1), TorrentV2);
        Leech(new Client(2), TorrentV2);
        Store.Unlink(TorrentV2);

        Assert.Equal(new SwarmCounts(0, 1, 0, 0), Counts());
        Assert.False(Store.TryGetCounts(TorrentV2, out _));
        Assert.Equal(1, Store.GetTotals().Peers);

        Leech(new Client(3), TorrentV2);
        Assert.Equal(new SwarmCounts(0, 1, 0, 0), Counts());
        Assert.Equal(new SwarmCounts(0, 1, 0, 0), Counts(TorrentV2));
    }

    [Fact]
    public void Should_not_mind_unlinking_what_is_not_linked()
    {
        Leech(new Client(1));
        Store.Unlink(Torrent);
        Store.Unlink(TorrentV2);

        Assert.Equal(new SwarmCounts(0, 1, 0, 0), Counts());
    }

    [Fact]
    public void Should_take_a_pair_apart_when_one_of_its_hashes_is_linked_elsewhere()
    {
        var other = HashOf(3);
        Store.Link(Torrent, TorrentV2);
        Leech(new Client(1), TorrentV2);

        // A second v2 hash of the same v1 hash: no reply may mix the two.
        Store.Link(Torrent, other);
        Leech(new Client(2), other);
        Leech(new Client(3), TorrentV2);
        Assert.Equal([new Client(2).Endpoint], Leech(new Client(9), other, wanted: 50).Peers);
        Assert.Equal([new Client(3).Endpoint], Leech(new Client(9), TorrentV2, wanted: 50).Peers);

        // The v1 hash of a pair becomes the v2 hash of another one.
        Store.Link(TorrentV2, Torrent);
        Assert.False(Store.TryGetCounts(other, out _));
        Assert.Equal(Counts(TorrentV2), Counts());
        Assert.Equal(Store.Enumerate().Sum(swarm => swarm.Value.Leechers), Store.GetTotals().Peers);
    }

    [Fact]
    public void Should_remove_a_hybrid_under_both_hashes_by_either()
    {
        foreach (var hash in (InfoHash[])[Torrent, TorrentV2])
        {
            Store.Link(Torrent, TorrentV2);
            Leech(new Client(1));
            Leech(new Client(1), TorrentV2);

            Assert.True(Store.Remove(hash));

            Assert.False(Store.TryGetCounts(Torrent, out _));
            Assert.False(Store.TryGetCounts(TorrentV2, out _));
            Assert.Equal((0, 0), (Store.GetTotals().Swarms, Store.GetTotals().Peers));
        }
    }

    [Fact]
    public void Should_count_a_user_once_over_both_hashes()
    {
        Store.Link(Torrent, TorrentV2);
        Seed(new Client(1).Of(5));
        Seed(new Client(1).Of(5), TorrentV2);
        Seed(new Client(2).Of(5), TorrentV2);

        Assert.Equal(new SwarmCounts(1, 0, 0, 0), Counts());
        Assert.Equal(3, Store.RemoveUser(5));
        Assert.Equal(new SwarmCounts(0, 0, 0, 0), Counts());
    }
}
