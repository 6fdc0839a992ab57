using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests.Engine;

public sealed class TrackerEngineReplyTests : TrackerEngineFixture
{
    [Fact]
    public void Should_answer_with_counts_and_intervals()
    {
        Use(settings => settings with { Interval = TimeSpan.FromMinutes(20), MinInterval = TimeSpan.FromMinutes(2), IntervalJitter = 0 });
        Announce(1, left: 0);
        var reply = Announce(2);

        Assert.Equal(new SwarmCounts(1, 1, 0, 0), reply.Outcome.Counts);
        Assert.Equal((1200, 120, false), (reply.Interval, reply.MinInterval, reply.IsThrottled));
        Assert.True(reply.Warning.IsEmpty);
    }

    [Fact]
    public void Should_spread_the_intervals_of_clients()
    {
        Use(settings => settings with { Interval = TimeSpan.FromSeconds(1000), IntervalJitter = 0.1 });
        var intervals = Enumerable.Range(0, 2000).Select(_ => Announce().Interval).ToArray();

        // 101 values: that fewer than 50 of them come up in 2,000 draws is out of the question.
        Assert.All(intervals, interval => Assert.InRange(interval, 1000, 1100));
        Assert.True(intervals.Distinct().Count() > 50);
    }

    [Theory]
    [InlineData(AnnounceRequest.WantedNotSaid, 30)]
    [InlineData(0, 0)]
    [InlineData(7, 7)]
    [InlineData(60, 60)]
    [InlineData(61, 60)]
    [InlineData(int.MaxValue, 60)]
    public void Should_give_as_many_peers_as_wanted_up_to_a_cap(int wanted, int given)
    {
        Use(settings => settings with { DefaultWanted = 30, MaxWanted = 60 });
        for (var client = 1; client <= 100; client++)
        {
            Announce(client);
        }

        Assert.Equal(given, Announce(0, wanted: wanted).Outcome.Written4);
    }

    [Fact]
    public void Should_not_give_more_by_default_than_its_cap()
    {
        Use(settings => settings with { DefaultWanted = 50, MaxWanted = 10 });
        for (var client = 1; client <= 100; client++)
        {
            Announce(client);
        }

        Assert.Equal(10, Announce(0).Outcome.Written4);
    }

    [Fact]
    public void Should_warn_a_client_that_is_not_remembered()
    {
        Use(settings => settings with { Limits = settings.Limits with { MaxPeers = 1 } });
        Announce(1);
        var reply = Announce(2);

        Assert.Equal((Failure.None, 1), (reply.Failure, reply.Outcome.Written4));
        Assert.Contains("full", System.Text.Encoding.UTF8.GetString(reply.Warning), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_warn_a_user_with_too_many_clients()
    {
        Use(settings => settings with { Mode = TrackerMode.Private, Limits = settings.Limits with { MaxPeersPerUser = 1 } });
        Engine.Torrents.Set(new TorrentEntry(Torrent));
        Engine.Passkeys.Set(5, Key.Digest());
        Announce(1, passkey: Key);

        Assert.Contains("too many clients", System.Text.Encoding.UTF8.GetString(Announce(2, passkey: Key).Warning), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_refuse_a_new_torrent_when_it_is_full()
    {
        Use(settings => settings with { Limits = settings.Limits with { MaxSwarms = 1 } });
        Announce();

        Assert.Equal(Failure.TrackerFull, Announce(hash: TorrentV2).Failure);
        Assert.Equal(Failure.None, Announce().Failure);
    }

    [Fact]
    public void Should_answer_cheaply_who_announces_too_often()
    {
        Use(settings => settings with { Rate = new RateLimit(perMinute: 1, burst: 2), MinInterval = TimeSpan.FromSeconds(10) });
        Announce(1, address: "198.51.100.1");
        Announce(2, address: "192.0.2.1");
        Announce(3, address: "192.0.2.1");
        var reply = Announce(4, address: "192.0.2.1");

        Assert.True(reply.IsThrottled);
        Assert.Equal((Failure.None, 0), (reply.Failure, reply.Outcome.Written4));
        Assert.InRange(reply.Interval, 60, 61);
        Assert.Equal(reply.Interval, reply.MinInterval);
        Assert.Equal(2, reply.Outcome.Counts.Leechers);
        Assert.Contains("too often", System.Text.Encoding.UTF8.GetString(reply.Warning), StringComparison.Ordinal);
        Assert.Equal(1, Engine.Counters.Read(TrackerCounter.Throttled));

        Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.False(Announce(4, address: "192.0.2.1").IsThrottled);
    }

    [Fact]
    public void Should_tell_who_is_throttled_nothing_that_access_would_refuse()
    {
        Use(settings => settings with { Rate = new RateLimit(perMinute: 1, burst: 1) });
        Announce();
        Use(settings => settings with { Mode = TrackerMode.Registered });

        Assert.Equal(Failure.TorrentUnknown, Announce().Failure);
    }

    [Fact]
    public void Should_refuse_scrapes_that_come_too_often()
    {
        Use(settings => settings with { Rate = new RateLimit(perMinute: 1, burst: 1) });

        Assert.Equal(Failure.None, Scrape());
        Assert.Equal(Failure.TooManyRequests, Scrape());
        Assert.Equal(Failure.None, Scrape("198.51.100.1"));
    }

    [Fact]
    public void Should_throttle_nobody_when_rates_are_off()
    {
        for (var request = 0; request < 10_000; request++)
        {
            Assert.False(Announce(wanted: 0).IsThrottled);
        }
    }

    [Fact]
    public void Should_go_by_new_settings_at_once_and_lose_no_peer()
    {
        Announce(1);
        Use(settings => settings with { Interval = TimeSpan.FromMinutes(7), IntervalJitter = 0, MinInterval = TimeSpan.Zero, AllowsScrape = false });

        var reply = Announce(2);

        Assert.Equal((420, 0), (reply.Interval, reply.MinInterval));
        Assert.Equal(1, reply.Outcome.Written4);
        Assert.Equal(Failure.ScrapeDisabled, Scrape());

        Use(settings => settings with { Limits = settings.Limits with { MaxPeers = 2 } });
        Assert.Equal(StoreVerdict.TooManyPeers, Announce(3).Outcome.Verdict);
    }

    [Fact]
    public void Should_refuse_settings_that_contradict_themselves_and_keep_the_old()
    {
        var before = Engine.Settings;
        foreach (var change in (Func<TrackerSettings, TrackerSettings>[])
            [
                settings => settings with { Interval = TimeSpan.Zero },
                settings => settings with { MinInterval = TimeSpan.FromSeconds(-1) },
                settings => settings with { MinInterval = settings.Interval + TimeSpan.FromSeconds(1) },
                settings => settings with { IntervalJitter = -0.1 },
                settings => settings with { IntervalJitter = 1.1 },
                settings => settings with { IntervalJitter = double.NaN },
                settings => settings with { Interval = settings.Limits.PeerLifetime },
                settings => settings with { Interval = TimeSpan.FromMinutes(30), IntervalJitter = 1 },
                settings => settings with { DefaultWanted = -1 },
                settings => settings with { MaxWanted = -1 },
                settings => settings with { MaxWanted = TrackerSettings.MostWanted + 1 },
                settings => settings with { MaxScrapeHashes = 0 },
                settings => settings with { MaxScrapeHashes = TrackerSettings.MostScrapeHashes + 1 },
                settings => settings with { TrackerId = new byte[TrackerSettings.MaxTrackerIdLength + 1] },
                settings => settings with { Limits = settings.Limits with { PeerLifetime = TimeSpan.FromDays(2) } },
            ])
        {
            Assert.ThrowsAny<ArgumentException>(() => Use(change));
            Assert.Same(before, Engine.Settings);
            Assert.ThrowsAny<ArgumentException>(() => new TrackerEngine(change(before), Clock));
        }
    }

    [Fact]
    public void Should_count_what_it_does()
    {
        Use(settings => settings with { Mode = TrackerMode.Registered });
        Engine.Torrents.Set(new TorrentEntry(Torrent));
        Announce(1);
        Announce(2, address: "2001:db8::2");
        Announce(1, because: AnnounceEvent.Completed, left: 0);
        Announce(1, hash: TorrentV2);
        Announce(1, hash: TorrentV2);
        Scrape();
        Engine.CountFailure(Failure.PortInvalid);

        Assert.Equal((4, 1), (Engine.Counters.Read(TrackerCounter.Announces4), Engine.Counters.Read(TrackerCounter.Announces6)));
        Assert.Equal((1, 1), (Engine.Counters.Read(TrackerCounter.Scrapes), Engine.Counters.Read(TrackerCounter.Completed)));
        Assert.Equal(2, Engine.Counters.Read(TrackerCounter.PeersGiven));
        Assert.Equal((2, 1, 0), (Engine.Counters.Read(Failure.TorrentUnknown), Engine.Counters.Read(Failure.PortInvalid), Engine.Counters.Read(Failure.TrackerFull)));
    }

    [Fact]
    public void Should_lose_no_count_of_many_threads()
    {
        var counters = Engine.Counters;
        Parallel.For(0, 4, _ =>
        {
            for (var round = 0; round < 50_000; round++)
            {
                counters.Count(TrackerCounter.OverHttp);
                counters.Count(Failure.EventUnknown);
            }
        });

        Assert.Equal((200_000, 200_000), (counters.Read(TrackerCounter.OverHttp), counters.Read(Failure.EventUnknown)));
    }
}
