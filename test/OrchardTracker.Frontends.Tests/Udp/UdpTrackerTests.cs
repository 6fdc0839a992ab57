using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;
using OrchardTracker.Swarms.Tests;
using FreePort = OrchardTracker.Interop.Tests.Node.FreePort;

namespace OrchardTracker.Frontends.Tests.Udp;

/// <summary>The protocol over real sockets: each test runs with batches of datagrams and with one a call.</summary>
public abstract class UdpTrackerTests : IDisposable
{
    private readonly TestClock _clock = new();
    private readonly List<IDisposable> _opened = [];
    private readonly bool _isPortable;

    protected UdpTrackerTests(bool isPortable)
    {
        _isPortable = isPortable;
        Engine = new TrackerEngine(new TrackerSettings { IntervalJitter = 0 }, _clock);
        Tracker = Open("127.0.0.1:0");
    }

    private TrackerEngine Engine { get; }

    private UdpTracker Tracker { get; }

    [Fact]
    public void Should_connect_announce_and_scrape()
    {
        using var seeder = new UdpClientOfTests(Tracker.EndPoint);
        using var leecher = new UdpClientOfTests(Tracker.EndPoint);
        var hash = RandomHash();

        UdpReply.Announce(seeder.Ask(UdpClientOfTests.AnnounceRequest(seeder.Connect(), hash, 1001, left: 0, announceEvent: 1)));
        var reply = leecher.Ask(UdpClientOfTests.AnnounceRequest(leecher.Connect(), hash, 1002, transaction: 0xABCD));

        var (interval, leechers, seeders, peers) = UdpReply.Announce(reply);
        Assert.Equal(0xABCDu, UdpReply.Transaction(reply));
        Assert.Equal((1800, 1, 1), (interval, leechers, seeders));
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 1001), Assert.Single(peers));
        var scraped = UdpReply.Scrape(leecher.Ask(UdpClientOfTests.ScrapeRequest(leecher.Connect(), hash, RandomHash())));
        Assert.Equal([(1, 1, 1), (0, 0, 0)], scraped);
    }

    [Fact]
    public void Should_serve_ipv6_with_18_bytes_a_peer()
    {
        var tracker = Open("[::1]:0");
        using var first = new UdpClientOfTests(tracker.EndPoint);
        using var second = new UdpClientOfTests(tracker.EndPoint);
        var hash = RandomHash();

        first.Ask(UdpClientOfTests.AnnounceRequest(first.Connect(), hash, 1001));
        var (_, _, _, peers) = UdpReply.Announce(second.Ask(UdpClientOfTests.AnnounceRequest(second.Connect(), hash, 1002)), isV6: true);

        Assert.Equal(new IPEndPoint(IPAddress.IPv6Loopback, 1001), Assert.Single(peers));
    }

    [Fact]
    public void Should_take_both_families_on_one_port()
    {
        var port = Open("[::]:0").EndPoint.Port;
        using var v4 = new UdpClientOfTests(new IPEndPoint(IPAddress.Loopback, port));
        using var v6 = new UdpClientOfTests(new IPEndPoint(IPAddress.IPv6Loopback, port));
        var hash = RandomHash();

        v4.Ask(UdpClientOfTests.AnnounceRequest(v4.Connect(), hash, 1001));
        var (_, leechers, _, peers) = UdpReply.Announce(v6.Ask(UdpClientOfTests.AnnounceRequest(v6.Connect(), hash, 1002)), isV6: true);

        // Both are counted; each family is given its own, which is all that BEP 15 can say.
        Assert.Equal(2, leechers);
        Assert.Empty(peers);
        Assert.Equal(IPAddress.Loopback, Engine.Store.GetPeers(new InfoHash(hash), 9).Single(peer => peer.Endpoint.Port == 1001).Endpoint.Address);
    }

    [Fact]
    public void Should_forget_a_peer_that_stops()
    {
        using var client = new UdpClientOfTests(Tracker.EndPoint);
        var hash = RandomHash();
        var connection = client.Connect();
        client.Ask(UdpClientOfTests.AnnounceRequest(connection, hash, 1001));

        var (_, leechers, _, _) = UdpReply.Announce(client.Ask(UdpClientOfTests.AnnounceRequest(connection, hash, 1001, announceEvent: 3)));

        Assert.Equal(0, leechers);
    }

    [Fact]
    public void Should_give_as_many_peers_as_are_wanted_and_no_more_than_allowed()
    {
        using var client = new UdpClientOfTests(Tracker.EndPoint);
        var connection = client.Connect();
        var hash = RandomHash();
        for (ushort port = 2000; port < 2300; port++)
        {
            client.Ask(UdpClientOfTests.AnnounceRequest(connection, hash, port, wanted: 0));
        }

        int Given(int wanted) => UdpReply.Announce(client.Ask(UdpClientOfTests.AnnounceRequest(connection, hash, 1000, wanted: wanted))).Peers.Distinct().Count();
        Assert.Equal(7, Given(7));
        Assert.Equal(50, Given(-1));
        Assert.Equal(100, Given(1_000_000));

        Engine.Settings = Engine.Settings with { MaxWanted = TrackerSettings.MostWanted };
        var most = client.Ask(UdpClientOfTests.AnnounceRequest(connection, hash, 1000, wanted: 1_000_000));
        Assert.InRange(most.Length, 1400, 1452);
    }

    [Fact]
    public void Should_refuse_a_connection_id_that_was_made_up()
    {
        using var client = new UdpClientOfTests(Tracker.EndPoint);
        var hash = RandomHash();

        var error = UdpReply.Error(client.Ask(UdpClientOfTests.AnnounceRequest(client.Connect() ^ 1, hash, 1001)));

        Assert.Equal("the connection id is not valid", error);
        Assert.False(Engine.Store.TryGetCounts(new InfoHash(hash), out _));
    }

    [Fact]
    public void Should_refuse_the_connection_id_of_another_address()
    {
        using var owner = new UdpClientOfTests(Tracker.EndPoint);
        using var thief = new UdpClientOfTests(Tracker.EndPoint, IPAddress.Parse("127.0.0.2"));

        var error = UdpReply.Error(thief.Ask(UdpClientOfTests.AnnounceRequest(owner.Connect(), RandomHash(), 1001)));

        Assert.Equal("the connection id is not valid", error);
    }

    [Theory]
    [InlineData(119, true)]
    [InlineData(181, false)]
    public void Should_take_a_connection_id_for_two_minutes(int seconds, bool isTaken)
    {
        using var client = new UdpClientOfTests(Tracker.EndPoint);
        _clock.Advance(TimeSpan.FromSeconds(59));
        var connection = client.Connect();

        _clock.Advance(TimeSpan.FromSeconds(seconds));

        var reply = client.Ask(UdpClientOfTests.AnnounceRequest(connection, RandomHash(), 1001));
        Assert.Equal(isTaken ? 1 : 3, UdpReply.Action(reply));
    }

    [Fact]
    public void Should_never_send_more_than_was_sent_to_an_unproven_address()
    {
        using var client = new UdpClientOfTests(Tracker.EndPoint);
        var random = new Random(1);
        for (var length = 16; length <= 200; length++)
        {
            var datagram = new byte[length];
            random.NextBytes(datagram);
            datagram.AsSpan(8, 4).Clear();
            datagram[11] = (byte)(1 + length % 2);

            client.Say(datagram);
            var reply = client.Ask(UdpClientOfTests.ConnectRequest(0xCAFE));
            if (UdpReply.Transaction(reply) != 0xCAFE)
            {
                Assert.True(reply.Length <= length, $"{reply.Length} bytes for {length}.");
                client.Receive();
            }
        }
    }

    [Fact]
    public void Should_say_what_is_wrong_with_an_announce()
    {
        using var client = new UdpClientOfTests(Tracker.EndPoint);
        var connection = client.Connect();

        Assert.Equal("port must be a number from 1 to 65535", UdpReply.Error(client.Ask(UdpClientOfTests.AnnounceRequest(connection, RandomHash(), 0))));
        Assert.Equal(
            "event must be started, completed, stopped, paused or empty",
            UdpReply.Error(client.Ask(UdpClientOfTests.AnnounceRequest(connection, RandomHash(), 1, announceEvent: 4))));
        Engine.Settings = Engine.Settings with { Mode = TrackerMode.Registered };
        Assert.Equal("this torrent is not registered with this tracker", UdpReply.Error(client.Ask(UdpClientOfTests.AnnounceRequest(connection, RandomHash(), 1))));
    }

    [Fact]
    public void Should_tell_why_a_torrent_is_withdrawn()
    {
        using var client = new UdpClientOfTests(Tracker.EndPoint);
        var hash = RandomHash();
        Engine.Torrents.Set(new TorrentEntry(new InfoHash(hash), Refusal: "im Prüfstand"));

        Assert.Equal("im Prüfstand", UdpReply.Error(client.Ask(UdpClientOfTests.AnnounceRequest(client.Connect(), hash, 1))));
    }

    [Fact]
    public void Should_scrape_74_hashes_and_no_more()
    {
        using var client = new UdpClientOfTests(Tracker.EndPoint);
        var connection = client.Connect();
        byte[][] hashes = [.. Enumerable.Range(0, 74).Select(_ => RandomHash())];
        client.Ask(UdpClientOfTests.AnnounceRequest(connection, hashes[73], 1001, left: 0));

        var scraped = UdpReply.Scrape(client.Ask(UdpClientOfTests.ScrapeRequest(connection, hashes)));

        Assert.Equal(74, scraped.Length);
        Assert.Equal((1, 0, 0), scraped[73]);
        Assert.Equal("too many torrents in one scrape", UdpReply.Error(client.Ask(UdpClientOfTests.ScrapeRequest(connection, [.. hashes, RandomHash()]))));
    }

    [Theory]
    [InlineData("/announce/{0}")]
    [InlineData("/{0}/announce")]
    [InlineData("/tenant/announce/{0}")]
    [InlineData("/announce?a=b&passkey={0}")]
    public void Should_find_the_passkey_in_the_url(string url)
    {
        var passkey = new Passkey(RandomNumberGenerator.GetBytes(16));
        Engine.Passkeys.Set(5, passkey.Digest());
        Engine.Settings = Engine.Settings with { Mode = TrackerMode.Private };
        var hash = RandomHash();
        Engine.Torrents.Set(new TorrentEntry(new InfoHash(hash)));
        using var client = new UdpClientOfTests(Tracker.EndPoint);
        var connection = client.Connect();

        UdpReply.Announce(client.Ask(UdpClientOfTests.AnnounceRequest(connection, hash, 1001, urlData: string.Format(url, passkey.Reveal()))));

        Assert.Equal(5, Assert.Single(Engine.Store.GetPeers(new InfoHash(hash), 9)).User);
        Assert.StartsWith("this passkey is not valid", UdpReply.Error(client.Ask(UdpClientOfTests.AnnounceRequest(connection, hash, 1001, urlData: string.Format(url, new string('0', 32))))));
        Assert.StartsWith("this tracker needs a passkey", UdpReply.Error(client.Ask(UdpClientOfTests.AnnounceRequest(connection, hash, 1001))));
        Assert.StartsWith("this tracker needs a passkey", UdpReply.Error(client.Ask(UdpClientOfTests.ScrapeRequest(connection, hash))));
    }

    [Fact]
    public void Should_ignore_what_is_no_tracker_request()
    {
        using var client = new UdpClientOfTests(Tracker.EndPoint);
        var connection = client.Connect();
        var announce = UdpClientOfTests.AnnounceRequest(connection, RandomHash(), 1001);
        var wrongMagic = UdpClientOfTests.ConnectRequest(5);
        wrongMagic[0] = 1;

        Assert.True(client.IsIgnored([]));
        Assert.True(client.IsIgnored(new byte[15]));
        Assert.True(client.IsIgnored(wrongMagic));
        Assert.True(client.IsIgnored(announce.AsSpan(0, 97)));
        Assert.True(client.IsIgnored(UdpClientOfTests.ScrapeRequest(connection)));
        Assert.True(client.IsIgnored(new byte[9000]));
        Assert.Equal(1, UdpReply.Action(client.Ask(announce)));
    }

    [Fact]
    public void Should_answer_cheaply_above_the_rate()
    {
        Engine.Settings = Engine.Settings with { Rate = new RateLimit(perMinute: 60, burst: 3) };
        using var client = new UdpClientOfTests(Tracker.EndPoint);
        using var other = new UdpClientOfTests(Tracker.EndPoint, IPAddress.Parse("127.0.0.2"));
        var connection = client.Connect();
        var hash = RandomHash();
        other.Ask(UdpClientOfTests.AnnounceRequest(other.Connect(), hash, 1000, left: 0));

        for (var i = 0; i < 3; i++)
        {
            Assert.Single(UdpReply.Announce(client.Ask(UdpClientOfTests.AnnounceRequest(connection, hash, 1001))).Peers);
        }

        var (interval, _, seeders, peers) = UdpReply.Announce(client.Ask(UdpClientOfTests.AnnounceRequest(connection, hash, 1001)));
        Assert.Empty(peers);
        Assert.Equal(1, seeders);
        Assert.InRange(interval, 1, 600);
    }

    [Fact]
    public void Should_go_on_when_a_datagram_meets_a_fault()
    {
        var log = new LogOfTests();
        var tracker = Open("127.0.0.1:0", log);
        Engine.Events = new ThrowingEvents();
        using var client = new UdpClientOfTests(tracker.EndPoint);
        var connection = client.Connect();

        // More than there are threads, with which the system decides who gets a datagram.
        var hash = RandomHash();
        for (ushort port = 1001; port <= 1010; port++)
        {
            client.Ask(UdpClientOfTests.AnnounceRequest(connection, hash, port));
            Assert.True(client.IsIgnored(UdpClientOfTests.AnnounceRequest(connection, hash, port, left: 0, announceEvent: 1)));
        }

        Assert.Equal(10, Engine.Counters.Read(Failure.Unavailable));
        var (text, error) = Assert.Single(log.Entries);
        Assert.StartsWith("1 UDP requests were left unanswered", text);
        Assert.IsType<NotSupportedException>(error);

        _clock.Advance(TimeSpan.FromMinutes(1));
        client.Ask(UdpClientOfTests.AnnounceRequest(connection, hash, 1011));
        Assert.True(client.IsIgnored(UdpClientOfTests.AnnounceRequest(connection, hash, 1011, left: 0, announceEvent: 1)));
        Assert.StartsWith("10 UDP requests were left unanswered", log.Entries.Last().Text);
        Assert.Equal(2, log.Entries.Count);
    }

    [Fact]
    public void Should_say_when_the_port_is_taken()
    {
        var exception = Assert.Throws<SocketException>(() => Open($"127.0.0.1:{Tracker.EndPoint.Port}"));

        Assert.Equal(SocketError.AddressAlreadyInUse, exception.SocketErrorCode);
    }

    [Fact]
    public void Should_give_the_port_back_when_it_closes()
    {
        var endPoint = $"127.0.0.1:{FreePort.Next()}";
        Open(endPoint).Dispose();

        using var again = Open(endPoint);
        using var client = new UdpClientOfTests(again.EndPoint);
        Assert.NotEqual(0UL, client.Connect());
    }

    [Fact]
    public void Should_withstand_a_million_hostile_datagrams() => WithstandHostile(datagrams: 1_000_000);

    [Fact(Explicit = true)]
    public void Should_withstand_hostile_datagrams_for_long() => WithstandHostile(datagrams: 10_000_000);

    private void WithstandHostile(int datagrams)
    {
        Engine.Settings = Engine.Settings with { Rate = new RateLimit(perMinute: 60, burst: 50) };
        using var attacker = new UdpClientOfTests(Tracker.EndPoint, IPAddress.Parse("127.0.0.66"));
        using var honest = new UdpClientOfTests(Tracker.EndPoint);
        var hash = RandomHash();
        var proven = attacker.Connect();
        var random = new Random(2);
        var datagram = new byte[1600];
        long warm = 0;
        for (var i = 0; i < datagrams; i++)
        {
            attacker.Say(Hostile(random, datagram, proven));
            if (i % 100_000 == 50_000)
            {
                // The queue of a socket is finite: an honest client tries again, as BEP 15 says.
                Assert.Equal(1, UdpReply.Action(AskUntilAnswered(honest, hash)));
                warm = warm == 0 ? HeapSize() : warm;
            }
        }

        Assert.InRange(HeapSize(), 0, warm + 16_000_000);
        Assert.InRange(Engine.Store.GetTotals().Peers, 1, 60);
    }

    public void Dispose()
    {
        _opened.ForEach(opened => opened.Dispose());
        GC.SuppressFinalize(this);
    }

    private static ReadOnlySpan<byte> Hostile(Random random, byte[] datagram, ulong proven)
    {
        var length = random.Next(4) switch
        {
            0 => random.Next(0, 1600),
            1 => random.Next(90, 130),
            2 => 16,
            _ => 98 + random.Next(0, 300),
        };
        random.NextBytes(datagram.AsSpan(0, length));
        if (length >= 16 && random.Next(2) == 0)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(datagram, proven);
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(datagram.AsSpan(8), random.Next(0, 4));
        }

        return datagram.AsSpan(0, length);
    }

    // GC.GetTotalMemory may say less than nothing when two tests ask for it at once.
    private static long HeapSize()
    {
        GC.Collect();
        return GC.GetGCMemoryInfo(GCKind.FullBlocking).HeapSizeBytes;
    }

    private static byte[] AskUntilAnswered(UdpClientOfTests client, byte[] hash)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return client.Ask(UdpClientOfTests.AnnounceRequest(client.Connect(), hash, 1001));
            }
            catch (SocketException) when (attempt < 5)
            {
            }
        }
    }

    private static byte[] RandomHash() => RandomNumberGenerator.GetBytes(20);

    private UdpTracker Open(string endPoint, ILogger? logger = null)
    {
        var options = new UdpTrackerOptions { EndPoint = IPEndPoint.Parse(endPoint), IsPortable = _isPortable, Sockets = 2, Logger = logger ?? NullLogger.Instance };
        var tracker = new UdpTracker(Engine, options, _clock);
        _opened.Add(tracker);
        return tracker;
    }
}

/// <summary>By themselves: a test looks at the heap of the whole process.</summary>
[Collection(nameof(UdpTrackerTests))]
[CollectionDefinition(nameof(UdpTrackerTests), DisableParallelization = true)]
public sealed class BatchedUdpTrackerTests() : UdpTrackerTests(isPortable: false);

[Collection(nameof(UdpTrackerTests))]
public sealed class PortableUdpTrackerTests() : UdpTrackerTests(isPortable: true);
