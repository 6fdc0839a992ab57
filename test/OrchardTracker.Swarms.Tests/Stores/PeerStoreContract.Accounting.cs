using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests.Stores;

public abstract partial class PeerStoreContract
{
    [Fact]
    public void Should_account_what_a_session_has_moved_from_its_start_to_its_stop()
    {
        var client = new Client(1).Of(5);
        AccountDelta[] deltas =
        [
            Announce(client, AnnounceEvent.Started, left: 1000).Outcome.Account,
            Announce(client, left: 600, uploaded: 50, downloaded: 400, corrupt: 3).Outcome.Account,
            Announce(client, AnnounceEvent.Completed, left: 0, uploaded: 70, downloaded: 1000, corrupt: 3).Outcome.Account,
            Announce(client, left: 0, uploaded: 5000, downloaded: 1000, corrupt: 3).Outcome.Account,
            Announce(client, AnnounceEvent.Stopped, left: 0, uploaded: 5001, downloaded: 1000, corrupt: 4).Outcome.Account,
        ];

        Assert.All(deltas, delta => Assert.Equal((5, Torrent), (delta.User, delta.Torrent)));
        Assert.Equal([0, 50, 20, 4930, 1], deltas.Select(delta => delta.Uploaded));
        Assert.Equal([0, 400, 600, 0, 0], deltas.Select(delta => delta.Downloaded));
        Assert.Equal([0, 3, 0, 0, 1], deltas.Select(delta => delta.Corrupt));
        Assert.Equal([false, false, true, false, false], deltas.Select(delta => delta.Completed));
    }

    [Fact]
    public void Should_account_nothing_to_nobody()
    {
        Leech(new Client(1));

        Assert.True(Announce(new Client(1), left: 0, uploaded: 100).Outcome.Account.IsEmpty);
    }

    [Fact]
    public void Should_account_nothing_of_the_past_of_a_client_that_is_new_here()
    {
        var client = new Client(1).Of(5);

        Assert.True(Announce(client, uploaded: 9000, downloaded: 9000).Outcome.Account.IsEmpty);
        Assert.Equal(1, Announce(client, uploaded: 9001, downloaded: 9000).Outcome.Account.Uploaded);
    }

    [Fact]
    public void Should_account_nothing_when_an_announce_is_repeated()
    {
        var client = new Client(1).Of(5);
        Announce(client, AnnounceEvent.Started);
        Announce(client, uploaded: 100);

        Assert.True(Announce(client, uploaded: 100).Outcome.Account.IsEmpty);
        Assert.Equal(100, Announce(client, AnnounceEvent.Stopped, uploaded: 200).Outcome.Account.Uploaded);
        Assert.True(Announce(client, AnnounceEvent.Stopped, uploaded: 200).Outcome.Account.IsEmpty);
    }

    [Fact]
    public void Should_account_nothing_twice_when_an_announce_comes_late()
    {
        var client = new Client(1).Of(5);
        Announce(client, AnnounceEvent.Started);
        Announce(client, uploaded: 100, downloaded: 10);

        Assert.True(Announce(client, uploaded: 40, downloaded: 5).Outcome.Account.IsEmpty);
        Assert.Equal(50, Announce(client, uploaded: 150, downloaded: 10).Outcome.Account.Uploaded);
    }

    [Fact]
    public void Should_account_anew_when_a_client_starts_again()
    {
        var client = new Client(1).Of(5);
        Announce(client, AnnounceEvent.Started);
        Announce(client, uploaded: 100);

        Assert.True(Announce(client, AnnounceEvent.Started).Outcome.Account.IsEmpty);
        Assert.Equal(30, Announce(client, uploaded: 30).Outcome.Account.Uploaded);
    }

    [Fact]
    public void Should_account_anew_when_a_client_starts_again_under_a_new_id()
    {
        var client = new Client(1).Of(5);
        Announce(client, AnnounceEvent.Started);
        Announce(client, uploaded: 100);

        Assert.True(Announce(client.Restarted(2), uploaded: 30).Outcome.Account.IsEmpty);
        Assert.Equal(30, Announce(client.Restarted(2), uploaded: 60).Outcome.Account.Uploaded);
    }

    [Fact]
    public void Should_account_nothing_of_a_stop_from_a_session_it_has_not_seen()
    {
        var client = new Client(1).Of(5);
        Announce(client, AnnounceEvent.Started);
        Announce(client, uploaded: 100);

        Assert.True(Announce(client.Restarted(2), AnnounceEvent.Stopped, uploaded: 9000).Outcome.Account.IsEmpty);
        Assert.Empty(Peers());
    }

    [Fact]
    public void Should_keep_the_sums_of_a_client_that_moves()
    {
        var client = new Client(1).Of(5);
        Announce(client, AnnounceEvent.Started);
        Announce(client, uploaded: 100);

        Assert.Equal(20, Announce(client.At("192.0.2.1:7000"), uploaded: 120).Outcome.Account.Uploaded);
    }

    [Fact]
    public void Should_keep_the_sums_of_a_client_that_moves_to_where_another_of_the_user_was()
    {
        var client = new Client(1).Of(5);
        var other = new Client(2).Of(5);
        Announce(client, AnnounceEvent.Started);
        Announce(client, uploaded: 100);
        Announce(other, AnnounceEvent.Started);

        Assert.Equal(20, Announce(client.At(other.Endpoint.ToString()), uploaded: 120).Outcome.Account.Uploaded);
    }

    [Fact]
    public void Should_account_each_client_of_a_user()
    {
        Announce(new Client(1).Of(5), AnnounceEvent.Started);
        Announce(new Client(2).Of(5), AnnounceEvent.Started);

        Assert.Equal(100, Announce(new Client(1).Of(5), uploaded: 100).Outcome.Account.Uploaded);
        Assert.Equal(70, Announce(new Client(2).Of(5), uploaded: 70).Outcome.Account.Uploaded);
    }

    [Fact]
    public void Should_account_once_what_is_said_under_both_hashes_and_in_both_families()
    {
        Store.Link(Torrent, TorrentV2);
        var random = new Random(7);
        var client = new Client(1).Of(5);
        Announce(client, AnnounceEvent.Started);
        long uploaded = 0, accounted = 0;
        for (var round = 0; round < 500; round++)
        {
            uploaded += random.Next(3) * 100;
            var delta = Announce(
                random.Next(2) == 0 ? client : client.AtV6,
                left: random.Next(2),
                uploaded: uploaded,
                hash: random.Next(2) == 0 ? Torrent : TorrentV2).Outcome.Account;
            accounted += delta.Uploaded;

            Assert.Equal(Torrent, delta.Torrent);
            Assert.Equal(uploaded, accounted);
        }

        Assert.Equal(4, Peers().Count);
        Assert.All(Peers(), peer => Assert.Equal(uploaded, peer.Uploaded));
    }

    [Fact]
    public void Should_account_nothing_twice_when_swarms_are_joined()
    {
        var client = new Client(1).Of(5);
        Announce(client, AnnounceEvent.Started);
        Announce(client, AnnounceEvent.Started, hash: TorrentV2);
        Announce(client, uploaded: 100);
        Announce(client, uploaded: 120, hash: TorrentV2);
        Store.Link(Torrent, TorrentV2);

        Assert.Equal(0, Announce(client, uploaded: 120).Outcome.Account.Uploaded);
        Assert.Equal(30, Announce(client, uploaded: 150).Outcome.Account.Uploaded);
        Assert.Equal(0, Announce(client, uploaded: 150, hash: TorrentV2).Outcome.Account.Uploaded);
    }

    [Fact]
    public void Should_account_nothing_of_what_a_client_moved_while_it_was_forgotten()
    {
        var client = new Client(1).Of(5);
        Announce(client, AnnounceEvent.Started);
        Announce(client, uploaded: 100);
        Clock.Advance(DefaultLimits.PeerLifetime * 2);
        Store.Sweep();

        Assert.True(Announce(client, uploaded: 500).Outcome.Account.IsEmpty);
    }

    [Fact]
    public void Should_account_the_time_as_a_seeder()
    {
        var client = new Client(1).Of(5);
        Leech(client);
        Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(TimeSpan.Zero, Seed(client).Outcome.Account.SeedingTime);
        Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(TimeSpan.FromMinutes(20), Seed(client).Outcome.Account.SeedingTime);
        Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(TimeSpan.FromMinutes(5), Stop(client).Outcome.Account.SeedingTime);
    }

    [Fact]
    public void Should_account_the_time_as_a_seeder_once_for_all_clients_and_addresses_of_a_user()
    {
        Store.Link(Torrent, TorrentV2);
        (Client, InfoHash)[] sources =
        [
            (new Client(1).Of(5), Torrent),
            (new Client(1).Of(5), TorrentV2),
            (new Client(1).Of(5).AtV6, TorrentV2),
            (new Client(2).Of(5), Torrent),
            (new Client(3).Of(5).AtV6, TorrentV2),
        ];
        var accounted = TimeSpan.Zero;
        for (var round = 0; round <= 60; round++)
        {
            foreach (var (client, hash) in sources)
            {
                accounted += Seed(client, hash).Outcome.Account.SeedingTime;
            }

            Assert.Equal(TimeSpan.FromMinutes(round), accounted);
            Clock.Advance(TimeSpan.FromMinutes(1));
        }

        // The one that stood for the user goes; another one goes on from here.
        accounted += Stop(new Client(1).Of(5)).Outcome.Account.SeedingTime;
        Clock.Advance(TimeSpan.FromMinutes(9));
        foreach (var (client, hash) in sources.Skip(1))
        {
            accounted += Seed(client, hash).Outcome.Account.SeedingTime;
        }

        Assert.Equal(TimeSpan.FromMinutes(70), accounted);
    }

    [Fact]
    public void Should_not_account_the_time_before_the_other_address_said_that_it_seeds()
    {
        var client = new Client(1).Of(5);
        Leech(client);
        Leech(client.AtV6);
        Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(TimeSpan.Zero, Seed(client.AtV6).Outcome.Account.SeedingTime);
        Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(
            TimeSpan.FromMinutes(5),
            Seed(client).Outcome.Account.SeedingTime + Seed(client.AtV6).Outcome.Account.SeedingTime);
    }

    [Fact]
    public void Should_account_no_more_time_than_a_peer_lives()
    {
        var client = new Client(1).Of(5);
        Seed(client);
        Clock.Advance(DefaultLimits.PeerLifetime * 3);

        Assert.Equal(DefaultLimits.PeerLifetime, Seed(client).Outcome.Account.SeedingTime);
    }

    [Fact]
    public void Should_not_mind_when_the_clock_on_the_wall_jumps()
    {
        var client = new Client(1).Of(5);
        Seed(client);
        foreach (var jump in (TimeSpan[])[TimeSpan.FromDays(400), TimeSpan.FromDays(-800)])
        {
            Clock.SetWallClock(jump);
            Clock.Advance(TimeSpan.FromMinutes(1));

            Assert.Equal(0, Store.Sweep());
            Assert.Equal(TimeSpan.FromMinutes(1), Seed(client).Outcome.Account.SeedingTime);
        }
    }

    [Fact]
    public void Should_account_a_completed_download_once_and_under_the_hash_the_torrent_is_known_by()
    {
        Store.Link(Torrent, TorrentV2);
        var client = new Client(1).Of(5);
        Leech(client, TorrentV2);
        Leech(client);

        var delta = Announce(client, AnnounceEvent.Completed, left: 0, hash: TorrentV2).Outcome.Account;

        Assert.Equal((5, Torrent, true), (delta.User, delta.Torrent, delta.Completed));
        Assert.False(Announce(client, AnnounceEvent.Completed, left: 0).Outcome.Account.Completed);
    }
}
