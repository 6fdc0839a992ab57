using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests.Stores;

public abstract partial class PeerStoreContract
{
    [Fact]
    public void Should_count_seeders_and_leechers_apart()
    {
        Seed(new Client(1));
        Seed(new Client(2).AtV6);
        var answer = Leech(new Client(3));

        Assert.Equal(new SwarmCounts(2, 1, 0, 0), answer.Counts);
        Assert.Equal(answer.Counts, Counts());
    }

    [Fact]
    public void Should_keep_swarms_apart()
    {
        Seed(new Client(1));
        Leech(new Client(1), HashOf(7));

        Assert.Equal(new SwarmCounts(1, 0, 0, 0), Counts());
        Assert.Equal(new SwarmCounts(0, 1, 0, 0), Counts(HashOf(7)));
    }

    [Fact]
    public void Should_not_count_a_peer_again_that_announces_again()
    {
        Announce(new Client(1), AnnounceEvent.Started);
        Leech(new Client(1));
        Announce(new Client(1), AnnounceEvent.Started);

        Assert.Equal(new SwarmCounts(0, 1, 0, 0), Counts());
        Assert.Single(Peers());
    }

    [Fact]
    public void Should_say_whether_an_announce_made_a_peer()
    {
        Assert.True(Leech(new Client(1)).Outcome.IsNew);
        Assert.False(Leech(new Client(1)).Outcome.IsNew);
        Assert.False(Stop(new Client(1)).Outcome.IsNew);
        Assert.True(Leech(new Client(1)).Outcome.IsNew);
    }

    [Fact]
    public void Should_not_know_a_swarm_that_nobody_announced()
    {
        Assert.False(Store.TryGetCounts(Torrent, out var counts));
        Assert.Equal(default, counts);
        Assert.Empty(Peers());
        Assert.False(Store.Remove(Torrent));
    }

    [Fact]
    public void Should_move_a_leecher_to_the_seeders_when_nothing_is_left()
    {
        Leech(new Client(1));
        Leech(new Client(2));

        Assert.Equal(new SwarmCounts(1, 1, 0, 0), Seed(new Client(1)).Counts);
        Assert.Equal(new Client(1).Endpoint, Assert.Single(Peers(), peer => peer.IsSeeder).Endpoint);
    }

    [Fact]
    public void Should_move_a_seeder_to_the_leechers_when_something_is_left()
    {
        Seed(new Client(1));
        Seed(new Client(2));

        Assert.Equal(new SwarmCounts(1, 1, 0, 0), Leech(new Client(1)).Counts);
    }

    [Fact]
    public void Should_forget_a_peer_that_stops()
    {
        Seed(new Client(1));
        Leech(new Client(2));

        Assert.Equal(new SwarmCounts(1, 0, 0, 0), Stop(new Client(2)).Counts);
        Assert.Equal(new SwarmCounts(0, 0, 0, 0), Stop(new Client(1)).Counts);
        Assert.Empty(Peers());
    }

    [Fact]
    public void Should_not_mind_a_stop_of_a_peer_that_is_not_there()
    {
        Assert.Equal(default, Stop(new Client(1)).Counts);
        Assert.Equal(0, Store.GetTotals().Swarms);

        Leech(new Client(2));
        Assert.Equal(new SwarmCounts(0, 1, 0, 0), Stop(new Client(1)).Counts);
    }

    [Fact]
    public void Should_count_a_download_when_it_completes()
    {
        Leech(new Client(1));
        var answer = Announce(new Client(1), AnnounceEvent.Completed, left: 0);

        Assert.True(answer.Outcome.HasCompleted);
        Assert.Equal(new SwarmCounts(1, 0, 0, 1), answer.Counts);
    }

    [Fact]
    public void Should_count_a_completed_download_once_when_it_is_said_again()
    {
        Leech(new Client(1));
        Announce(new Client(1), AnnounceEvent.Completed, left: 0);
        Seed(new Client(1));

        var answer = Announce(new Client(1), AnnounceEvent.Completed, left: 0);

        Assert.False(answer.Outcome.HasCompleted);
        Assert.Equal(1, answer.Counts.Completed);
    }

    [Fact]
    public void Should_count_a_completed_download_once_when_it_has_to_be_repaired()
    {
        Leech(new Client(1));
        Announce(new Client(1), AnnounceEvent.Completed, left: 0);
        Leech(new Client(1));

        Assert.False(Announce(new Client(1), AnnounceEvent.Completed, left: 0).Outcome.HasCompleted);
        Assert.Equal(1, Counts().Completed);
    }

    [Fact]
    public void Should_count_a_download_whose_end_was_seen_before_it_was_said()
    {
        Leech(new Client(1));
        Assert.False(Seed(new Client(1)).Outcome.HasCompleted);

        Assert.True(Announce(new Client(1), AnnounceEvent.Completed, left: 0).Outcome.HasCompleted);
    }

    [Fact]
    public void Should_not_count_as_completed_who_came_as_a_seeder()
    {
        Seed(new Client(1));

        Assert.False(Announce(new Client(1), AnnounceEvent.Completed, left: 0).Outcome.HasCompleted);
        Assert.Equal(0, Counts().Completed);
    }

    [Fact]
    public void Should_not_count_as_completed_what_has_something_left()
    {
        Leech(new Client(1));

        Assert.False(Announce(new Client(1), AnnounceEvent.Completed, left: 5).Outcome.HasCompleted);
        Assert.Equal(new SwarmCounts(0, 1, 0, 0), Counts());
    }

    [Fact]
    public void Should_count_a_partial_seed_as_a_leecher_that_downloads_nothing()
    {
        Leech(new Client(1));
        var answer = Announce(new Client(2), AnnounceEvent.Paused, left: 10);

        Assert.Equal(new SwarmCounts(0, 2, 1, 0), answer.Counts);
        Assert.Equal(1, answer.Counts.Downloaders);
        Assert.Equal(new Client(2).Endpoint, Assert.Single(Peers(), peer => peer.IsPartialSeed).Endpoint);
    }

    [Fact]
    public void Should_take_a_partial_seed_for_a_downloader_again_when_it_no_longer_says_so()
    {
        Announce(new Client(1), AnnounceEvent.Paused, left: 10);

        Assert.Equal(new SwarmCounts(0, 1, 0, 0), Leech(new Client(1)).Counts);
    }

    [Fact]
    public void Should_forget_a_partial_seed_that_stops_or_becomes_a_seeder()
    {
        Announce(new Client(1), AnnounceEvent.Paused, left: 10);
        Announce(new Client(2), AnnounceEvent.Paused, left: 10);

        Assert.Equal(new SwarmCounts(1, 1, 1, 0), Seed(new Client(1)).Counts);
        Assert.Equal(new SwarmCounts(1, 0, 0, 0), Stop(new Client(2)).Counts);
    }

    [Fact]
    public void Should_take_a_partial_seed_with_nothing_left_for_a_seeder()
    {
        Assert.Equal(new SwarmCounts(1, 0, 0, 0), Announce(new Client(1), AnnounceEvent.Paused, left: 0).Counts);
    }

    [Fact]
    public void Should_sum_up_all_swarms()
    {
        Seed(new Client(1));
        Leech(new Client(1).AtV6);
        Leech(new Client(2), HashOf(7));
        Announce(new Client(2), AnnounceEvent.Completed, left: 0, hash: HashOf(7));

        var totals = Store.GetTotals();

        Assert.Equal((2, 3, 1L), (totals.Swarms, totals.Peers, totals.Completed));
        Assert.Equal(2, totals.Seeders + totals.Leechers);
        Assert.True(totals.Bytes > 0);
    }

    [Fact]
    public void Should_enumerate_all_swarms_with_their_counts()
    {
        for (var torrent = 0; torrent < 300; torrent++)
        {
            for (var client = 0; client <= torrent % 3; client++)
            {
                Leech(new Client(client), HashOf(torrent));
            }
        }

        var swarms = Store.Enumerate().ToDictionary();

        Assert.Equal(300, swarms.Count);
        Assert.All(Enumerable.Range(0, 300), torrent => Assert.Equal(torrent % 3 + 1, swarms[HashOf(torrent)].Leechers));
    }

    [Fact]
    public void Should_show_a_peer_as_it_is()
    {
        Announce(new Client(1).Of(7), AnnounceEvent.Started, left: 900, uploaded: 10, downloaded: 20);
        Clock.Advance(TimeSpan.FromSeconds(80));

        var peer = Assert.Single(Peers());

        Assert.Equal(new Client(1).Endpoint, peer.Endpoint);
        Assert.Equal(new Client(1).Id, peer.Id);
        Assert.Equal((false, false, 7), (peer.IsSeeder, peer.IsPartialSeed, peer.User));
        Assert.Equal((10L, 20L, 900L), (peer.Uploaded, peer.Downloaded, peer.Left));
        Assert.Equal(TimeSpan.FromSeconds(80), peer.Idle);
    }

    [Fact]
    public void Should_show_no_more_peers_than_asked_for()
    {
        for (var client = 0; client < 50; client++)
        {
            Leech(new Client(client));
            Leech(new Client(client).AtV6);
        }

        Assert.Equal(7, Store.GetPeers(Torrent, 7).Count);
        Assert.Equal(77, Store.GetPeers(Torrent, 77).Count);
        Assert.Equal(100, Store.GetPeers(Torrent, 777).Count);
    }
}
