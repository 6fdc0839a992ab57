using System.Net;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests.Engine;

public sealed class TrackerEngineAccessTests : TrackerEngineFixture
{
    [Fact]
    public void Should_take_any_announce_when_open()
    {
        Assert.Equal(Failure.None, Announce().Failure);
        Assert.Equal(Failure.None, Announce(presence: PasskeyPresence.Malformed).Failure);
        Assert.Equal(0, Assert.Single(Engine.Store.GetPeers(Torrent, 9)).User);
    }

    [Fact]
    public void Should_take_unknown_torrents_when_open_even_if_others_are_registered()
    {
        Engine.Torrents.Set(new TorrentEntry(TorrentV2));

        Assert.Equal(Failure.None, Announce().Failure);
    }

    [Fact]
    public void Should_keep_no_accounts_when_open()
    {
        Engine.Passkeys.Set(5, Key.Digest());
        Announce(passkey: Key);

        Assert.Equal(0, Assert.Single(Engine.Store.GetPeers(Torrent, 9)).User);
    }

    [Theory]
    [InlineData(TrackerMode.Open)]
    [InlineData(TrackerMode.Registered)]
    [InlineData(TrackerMode.Private)]
    public void Should_refuse_blocked_torrents_in_every_mode(TrackerMode mode)
    {
        Use(settings => settings with { Mode = mode });
        Engine.Passkeys.Set(5, Key.Digest());
        Engine.Torrents.Set(new TorrentEntry(Torrent, TorrentV2, Refusal: "taken down on request", IsBlocked: true));

        var reply = Announce(passkey: Key, hash: TorrentV2);

        Assert.Equal((Failure.TorrentBlocked, "taken down on request"), (reply.Failure, reply.FailureDetail));
        Assert.Equal(0, Engine.Store.GetTotals().Swarms);
    }

    [Theory]
    [InlineData(TrackerMode.Open)]
    [InlineData(TrackerMode.Registered)]
    [InlineData(TrackerMode.Private)]
    public void Should_refuse_a_withdrawn_torrent_in_every_mode_and_say_why(TrackerMode mode)
    {
        Use(settings => settings with { Mode = mode });
        Engine.Passkeys.Set(5, Key.Digest());
        Engine.Torrents.Set(new TorrentEntry(Torrent, Refusal: "it is being checked"));

        var reply = Announce(passkey: Key);

        Assert.Equal((Failure.TorrentRefused, "it is being checked"), (reply.Failure, reply.FailureDetail));
    }

    [Fact]
    public void Should_take_registered_torrents_only_when_told_so()
    {
        Use(settings => settings with { Mode = TrackerMode.Registered });
        Assert.Equal(Failure.TorrentUnknown, Announce().Failure);

        Engine.Torrents.Set(new TorrentEntry(Torrent, TorrentV2));
        Assert.Equal(Failure.None, Announce().Failure);
        Assert.Equal(Failure.None, Announce(hash: TorrentV2).Failure);

        Engine.Torrents.Remove(Torrent);
        Assert.Equal(Failure.TorrentUnknown, Announce(hash: TorrentV2).Failure);
    }

    [Fact]
    public void Should_take_announces_of_users_only_when_private()
    {
        Use(settings => settings with { Mode = TrackerMode.Private });
        Engine.Torrents.Set(new TorrentEntry(Torrent));
        Engine.Passkeys.Set(5, Key.Digest());

        Assert.Equal(Failure.PasskeyMissing, Announce().Failure);
        Assert.Equal(Failure.PasskeyUnknown, Announce(presence: PasskeyPresence.Malformed).Failure);
        Assert.Equal(Failure.PasskeyUnknown, Announce(passkey: new Passkey(new byte[Passkey.Length])).Failure);
        Assert.Equal(Failure.None, Announce(passkey: Key).Failure);
        Assert.Equal(5, Assert.Single(Engine.Store.GetPeers(Torrent, 9)).User);

        Engine.Passkeys.Remove(5);
        Assert.Equal(Failure.PasskeyUnknown, Announce(passkey: Key).Failure);
    }

    [Fact]
    public void Should_refuse_a_user_unregistered_torrents_when_private()
    {
        Use(settings => settings with { Mode = TrackerMode.Private });
        Engine.Passkeys.Set(5, Key.Digest());

        Assert.Equal(Failure.TorrentUnknown, Announce(passkey: Key).Failure);
    }

    [Fact]
    public void Should_refuse_banned_addresses()
    {
        Use(settings => settings with { Bans = new AddressBans([IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("2001:db8::/32")]) });

        Assert.Equal(Failure.AddressBanned, Announce(address: "192.0.2.9").Failure);
        Assert.Equal(Failure.AddressBanned, Announce(address: "2001:db8::9").Failure);
        Assert.Equal(Failure.AddressBanned, Scrape("192.0.2.9"));
        Assert.Equal(Failure.None, Announce(address: "198.51.100.9").Failure);
        Assert.Equal(Failure.None, Scrape("198.51.100.9"));
    }

    [Fact]
    public void Should_refuse_clients_that_are_not_allowed()
    {
        Use(settings => settings with { Clients = new ClientRules([], ["-OT0001"]) });

        Assert.Equal(Failure.ClientNotAllowed, Announce().Failure);
        Assert.Equal(0, Engine.Store.GetTotals().Swarms);
    }

    [Fact]
    public void Should_tell_counts_only_of_what_it_serves()
    {
        Announce(left: 0);
        Announce(hash: TorrentV2);
        Assert.Equal(1, Engine.Scrape(Torrent).Seeders);
        Assert.Equal(default, Engine.Scrape(HashOf(9)));
        Assert.Equal(2, Engine.ScrapeAll().Count());

        Engine.Torrents.Set(new TorrentEntry(HashOf(7)));
        Assert.Equal(1, Engine.Scrape(Torrent).Seeders);

        Use(settings => settings with { Mode = TrackerMode.Registered });
        Assert.Equal(default, Engine.Scrape(Torrent));
        Assert.Empty(Engine.ScrapeAll());

        Engine.Torrents.Set(new TorrentEntry(Torrent));
        Assert.Equal(1, Engine.Scrape(Torrent).Seeders);
        Assert.Equal(Torrent, Assert.Single(Engine.ScrapeAll()).Key);

        Engine.Torrents.Set(new TorrentEntry(Torrent, Refusal: "no"));
        Assert.Equal(default, Engine.Scrape(Torrent));
    }

    [Fact]
    public void Should_answer_scrapes_of_users_only_when_private()
    {
        Use(settings => settings with { Mode = TrackerMode.Private });
        Engine.Passkeys.Set(5, Key.Digest());

        Assert.Equal(Failure.PasskeyMissing, Scrape());
        Assert.Equal(Failure.PasskeyUnknown, Scrape(passkey: new Passkey(new byte[Passkey.Length])));
        Assert.Equal(Failure.None, Scrape(passkey: Key));
    }

    [Theory]
    [InlineData(Failure.NotPermitted)]
    [InlineData(Failure.UserBanned)]
    public void Should_tell_a_user_that_may_not_from_one_that_is_unknown(Failure refusal)
    {
        Use(settings => settings with { Mode = TrackerMode.Private });
        Engine.Torrents.Set(new TorrentEntry(Torrent));
        Engine.Passkeys.Set(5, Key.Digest(), refusal);

        Assert.Equal(refusal, Announce(passkey: Key).Failure);
        Assert.Equal(refusal, Scrape(passkey: Key));
        Assert.Equal(1 + 1, Engine.Counters.Read(refusal));
    }

    [Fact]
    public void Should_tell_a_replaced_key_from_a_wrong_one()
    {
        Use(settings => settings with { Mode = TrackerMode.Private });
        Engine.Torrents.Set(new TorrentEntry(Torrent));
        Engine.Passkeys.Revoke(5, Key.Digest());

        Assert.Equal(Failure.PasskeyRevoked, Announce(passkey: Key).Failure);
    }

    [Fact]
    public void Should_let_a_user_who_may_only_seed_start_no_download_but_go_on_with_those_he_has()
    {
        Use(settings => settings with { Mode = TrackerMode.Private });
        Engine.Torrents.Set(new TorrentEntry(Torrent));
        Engine.Passkeys.Set(5, Key.Digest());
        Assert.Equal(Failure.None, Announce(client: 1, passkey: Key, because: AnnounceEvent.Started).Failure);
        Engine.Passkeys.SetSeedOnly(5, true);

        Assert.Equal(Failure.None, Announce(client: 1, passkey: Key).Failure);
        Assert.Equal(Failure.RatioTooLow, Announce(client: 2, passkey: Key, because: AnnounceEvent.Started).Failure);
        Assert.Equal(Failure.RatioTooLow, Announce(client: 2, passkey: Key).Failure);
        Assert.Equal(Failure.None, Announce(client: 2, passkey: Key, left: 0).Failure);
        Assert.Equal(Failure.None, Announce(client: 1, passkey: Key, because: AnnounceEvent.Stopped).Failure);
    }

    [Fact]
    public void Should_let_a_user_who_may_only_seed_download_what_is_free_by_either_hash()
    {
        Use(settings => settings with { Mode = TrackerMode.Private });
        Engine.Torrents.Set(new TorrentEntry(Torrent, TorrentV2));
        Engine.Passkeys.Set(5, Key.Digest(), isSeedOnly: true);
        Engine.Torrents.SetTerms(Torrent, new TorrentTerms(100, 0));

        Assert.Equal(Failure.None, Announce(client: 1, passkey: Key, hash: TorrentV2).Failure);
        Assert.Equal(Failure.None, Announce(client: 2, passkey: Key).Failure);

        Engine.Torrents.SetTerms(Torrent, TorrentTerms.Usual);
        Assert.Equal(Failure.RatioTooLow, Announce(client: 3, passkey: Key, hash: TorrentV2).Failure);
    }

    [Fact]
    public void Should_answer_no_scrapes_when_told_so()
    {
        Use(settings => settings with { AllowsScrape = false });

        Assert.Equal(Failure.ScrapeDisabled, Scrape());
    }

    [Fact]
    public void Should_have_a_text_for_every_failure()
    {
        foreach (var failure in Enum.GetValues<Failure>().Except([Failure.None]))
        {
            Assert.False(FailureTexts.Of(failure).IsEmpty);
            Assert.True(FailureTexts.RetryMinutes(failure) is null or >= 0);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => FailureTexts.Of(Failure.None));
    }
}
