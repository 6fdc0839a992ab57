using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests.Stores;

// Private swarms: every announce has a user.
public abstract partial class PeerStoreContract
{
    [Fact]
    public void Should_count_a_user_once_however_many_clients_he_runs()
    {
        Seed(new Client(1).Of(5));
        Seed(new Client(2).Of(5));
        Seed(new Client(3).Of(5).AtV6);
        var answer = Seed(new Client(4).Of(6));

        Assert.Equal(new SwarmCounts(2, 0, 0, 0), answer.Counts);
        Assert.Equal(4, Peers().Count);
    }

    [Fact]
    public void Should_count_a_user_who_seeds_and_leeches_as_both()
    {
        Seed(new Client(1).Of(5));

        Assert.Equal(new SwarmCounts(1, 1, 0, 0), Leech(new Client(2).Of(5)).Counts);
    }

    [Fact]
    public void Should_keep_counting_a_user_until_his_last_client_stops()
    {
        Seed(new Client(1).Of(5));
        Seed(new Client(2).Of(5));
        Seed(new Client(3).Of(5).AtV6);

        Assert.Equal(1, Stop(new Client(1).Of(5)).Counts.Seeders);
        Assert.Equal(1, Stop(new Client(3).Of(5).AtV6).Counts.Seeders);
        Assert.Equal(0, Stop(new Client(2).Of(5)).Counts.Seeders);
    }

    [Fact]
    public void Should_allow_two_users_behind_one_endpoint()
    {
        var first = new Client(1).Of(5);
        var second = new Client(2).Of(6) with { Endpoint = first.Endpoint };
        Seed(first);
        Leech(second);

        Assert.Equal(new SwarmCounts(1, 1, 0, 0), Counts());
        Assert.Equal([5, 6], Peers().Select(peer => peer.User).Order());

        Assert.Equal(new SwarmCounts(0, 1, 0, 0), Stop(first).Counts);
        Assert.Equal(6, Assert.Single(Peers()).User);
    }

    [Fact]
    public void Should_allow_many_users_behind_one_endpoint()
    {
        for (var user = 1; user <= 100; user++)
        {
            Leech(new Client(user).Of(user).At("192.0.2.1:7000"));
        }

        for (var user = 1; user <= 100; user += 2)
        {
            Stop(new Client(user).Of(user).At("192.0.2.1:7000"));
        }

        Assert.Equal(new SwarmCounts(0, 50, 0, 0), Counts());
        Assert.All(Peers(), peer => Assert.Equal(0, peer.User % 2));
    }

    [Fact]
    public void Should_take_nobody_new_where_only_known_clients_are_wanted()
    {
        Seed(new Client(1).Of(5));

        var answer = Announce(new Client(2).Of(6), AnnounceEvent.Started, wanted: 50, onlyIfKnown: true);

        Assert.Equal(StoreVerdict.NotKnown, answer.Outcome.Verdict);
        Assert.Empty(answer.Peers);
        Assert.Equal(new SwarmCounts(1, 0, 0, 0), Counts());

        Assert.Equal(StoreVerdict.NotKnown, Announce(new Client(2).Of(6), hash: HashOf(9), onlyIfKnown: true).Outcome.Verdict);
        Assert.False(Store.TryGetCounts(HashOf(9), out _));
    }

    [Fact]
    public void Should_go_on_with_clients_that_are_known_where_only_those_are_wanted()
    {
        Store.Link(Torrent, TorrentV2);
        var client = new Client(2).Of(6);
        Leech(client);

        Assert.Equal(100, Announce(client, uploaded: 100, onlyIfKnown: true).Outcome.Account.Uploaded);
        Assert.Equal(StoreVerdict.Stored, Announce(client, hash: TorrentV2, onlyIfKnown: true).Outcome.Verdict);
        Assert.Equal(StoreVerdict.Stored, Announce(client.AtV6, onlyIfKnown: true).Outcome.Verdict);
        Assert.Equal(new SwarmCounts(0, 1, 0, 0), Counts());
    }

    [Fact]
    public void Should_take_a_restarted_client_for_a_new_one_where_only_known_clients_are_wanted()
    {
        var client = new Client(2).Of(6);
        Leech(client);

        Assert.Equal(StoreVerdict.NotKnown, Announce(client.Restarted(3), onlyIfKnown: true).Outcome.Verdict);
        Assert.Equal(client.Id, Assert.Single(Peers()).Id);
    }

    [Fact]
    public void Should_know_a_client_by_its_other_address_where_another_of_the_user_was()
    {
        var client = new Client(2).Of(6);
        Leech(client.AtV6);
        Leech(client.Restarted(3));

        Assert.Equal(StoreVerdict.Stored, Announce(client, onlyIfKnown: true).Outcome.Verdict);
        Assert.All(Peers(), peer => Assert.Equal(client.Id, peer.Id));
    }

    [Fact]
    public void Should_give_a_user_his_other_clients()
    {
        Seed(new Client(1).Of(5));

        Assert.Equal([new Client(1).Endpoint], Leech(new Client(2).Of(5), wanted: 50).Peers);
    }

    [Fact]
    public void Should_know_a_users_client_without_a_key_at_a_new_address()
    {
        Seed(new Client(1).WithoutKey.Of(5));
        Seed(new Client(1).WithoutKey.Of(5).At("192.0.2.1:7000"));

        Assert.Equal("192.0.2.1:7000", Assert.Single(Peers()).Endpoint.ToString());
    }

    [Fact]
    public void Should_not_let_one_user_move_the_client_of_another()
    {
        Seed(new Client(1).Of(5));
        Seed(new Client(1).Of(6).At("192.0.2.1:7000"));

        Assert.Equal(2, Peers().Count);
    }

    [Fact]
    public void Should_count_the_download_of_a_user_once_with_whatever_client()
    {
        Leech(new Client(1).Of(5));
        Leech(new Client(2).Of(5));
        Leech(new Client(3).Of(6));

        Assert.True(Announce(new Client(1).Of(5), AnnounceEvent.Completed, left: 0).Outcome.HasCompleted);
        Assert.False(Announce(new Client(2).Of(5), AnnounceEvent.Completed, left: 0).Outcome.HasCompleted);
        Assert.True(Announce(new Client(3).Of(6), AnnounceEvent.Completed, left: 0).Outcome.HasCompleted);
        Assert.Equal(2, Counts().Completed);
    }

    [Fact]
    public void Should_take_all_peers_of_a_user_out()
    {
        for (var torrent = 0; torrent < 100; torrent++)
        {
            Seed(new Client(1).Of(5), HashOf(torrent));
            Leech(new Client(2).Of(5).AtV6, HashOf(torrent));
            Leech(new Client(3).Of(6), HashOf(torrent));
            Leech(new Client(4), HashOf(torrent));
        }

        Assert.Equal(200, Store.RemoveUser(5));

        Assert.Equal(0, Store.RemoveUser(5));
        Assert.Equal(200, Store.GetTotals().Peers);
        Assert.Equal(new SwarmCounts(0, 2, 0, 0), Counts(HashOf(42)));
    }

    [Fact]
    public void Should_take_nobody_out_when_asked_to_remove_nobody()
    {
        Leech(new Client(1));

        Assert.Equal(0, Store.RemoveUser(0));
        Assert.Single(Peers());
    }
}
