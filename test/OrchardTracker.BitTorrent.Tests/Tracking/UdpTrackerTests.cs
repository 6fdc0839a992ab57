using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OrchardTracker.BitTorrent.Tests;

public sealed class UdpTrackerTests
{
    private static readonly InfoHash Hash = new([.. Enumerable.Range(1, 20).Select(i => (byte)i)]);

    private static readonly TrackerAnnounceRequest Request = new()
    {
        InfoHash = Hash,
        PeerId = new PeerId("-OT0100-abcdefghijkl"u8),
        Port = 6881,
        Uploaded = 1,
        Downloaded = 2,
        Left = 3,
        Key = 0xABCDEF01,
        Event = AnnounceEvent.Started,
        NumWant = 50,
    };

    [Fact]
    public async Task Should_connect_and_announce_as_the_bep_has_it()
    {
        await using var server = new UdpServer(packet => UdpServer.Action(packet) == 0
            ? [UdpServer.Connected(packet)]
            : [[.. UdpServer.Reply(packet, 1, 1_800, 7, 5), 1, 2, 3, 4, 0x1A, 0xE1, 5, 6, 7, 8, 0, 0, 9]]);
        using var client = new TrackerClient();
        var response = await client.AnnounceAsync(server.Url, Request);

        Assert.Equal(1_800, response.Interval.TotalSeconds);
        Assert.Equal((5, 7), (response.Seeders, response.Leechers));
        Assert.Equal(["1.2.3.4:6881"], response.Peers.Select(peer => peer.ToString()));

        var packets = server.Packets.ToArray();
        Assert.Equal(2, packets.Length);
        Assert.Equal("0000041727101980" + "00000000", Convert.ToHexString(packets[0].AsSpan(0, 12)));
        Assert.Equal(16, packets[0].Length);
        Assert.Equal(98, packets[1].Length);
        Assert.Equal("0102030405060708" + "00000001", Convert.ToHexString(packets[1].AsSpan(0, 12)));
        Assert.Equal(Hash.ToArray(), packets[1][16..36]);
        Assert.Equal("-OT0100-abcdefghijkl"u8.ToArray(), packets[1][36..56]);
        Assert.Equal([2L, 3L, 1L], Enumerable.Range(0, 3).Select(i => BinaryPrimitives.ReadInt64BigEndian(packets[1].AsSpan(56 + (8 * i)))));
        Assert.Equal("00000002" + "00000000" + "ABCDEF01" + "00000032" + "1AE1", Convert.ToHexString(packets[1].AsSpan(80)));
    }

    [Fact]
    public async Task Should_read_long_addresses_over_ipv6()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "This machine has no IPv6.");
        await using var server = new UdpServer(
            packet => UdpServer.Action(packet) == 0
                ? [UdpServer.Connected(packet)]
                : [[.. UdpServer.Reply(packet, 1, 60, 0, 1), .. IPAddress.Parse("2001:db8::1").GetAddressBytes(), 0x1A, 0xE1]],
            IPAddress.IPv6Loopback);
        using var client = new TrackerClient();
        var response = await client.AnnounceAsync(server.Url, Request with { NumWant = null, Event = AnnounceEvent.Paused });

        Assert.Equal(["[2001:db8::1]:6881"], response.Peers.Select(peer => peer.ToString()));
        var announce = server.Packets.Last();
        Assert.Equal(0, BinaryPrimitives.ReadInt32BigEndian(announce.AsSpan(80)));
        Assert.Equal(-1, BinaryPrimitives.ReadInt32BigEndian(announce.AsSpan(92)));
    }

    [Theory]
    [InlineData("", 98)]
    [InlineData("/", 98)]
    [InlineData("/dir?a=b&c=%64", 98 + 2 + 14 + 1)]
    public async Task Should_tell_the_tracker_its_path_and_query(string path, int length)
    {
        await using var server = new UdpServer(packet => UdpServer.Action(packet) == 0 ? [UdpServer.Connected(packet)] : [UdpServer.Reply(packet, 1, 60, 0, 0)]);
        using var client = new TrackerClient();
        await client.AnnounceAsync(server.Url + path, Request);

        var announce = server.Packets.Last();
        Assert.Equal(length, announce.Length);
        if (length > 98)
        {
            Assert.Equal([2, (byte)path.Length, .. Encoding.ASCII.GetBytes(path), 0], announce[98..]);
        }
    }

    [Fact]
    public async Task Should_split_a_long_path_into_several_options()
    {
        await using var server = new UdpServer(packet => UdpServer.Action(packet) == 0 ? [UdpServer.Connected(packet)] : [UdpServer.Reply(packet, 1, 60, 0, 0)]);
        using var client = new TrackerClient();
        var path = "/" + new string('a', 299);
        await client.AnnounceAsync(server.Url + path, Request);

        var options = server.Packets.Last()[98..];
        Assert.Equal([2, 255, .. Encoding.ASCII.GetBytes(path[..255]), 2, 45, .. Encoding.ASCII.GetBytes(path[255..]), 0], options);
    }

    [Fact]
    public async Task Should_wait_longer_each_time_and_give_up_after_the_eighth()
    {
        await using var server = new UdpServer(_ => []);
        var time = new ManualTime(_ => true);
        using var client = new TrackerClient(new TrackerClientOptions { TimeProvider = time });

        var error = await Assert.ThrowsAsync<TrackerException>(() => client.AnnounceAsync(server.Url, Request));
        Assert.Equal((TrackerErrorKind.TimedOut, "The tracker did not answer in time."), (error.Kind, error.Message));
        Assert.Equal([15, 30, 60, 120, 240, 480, 960, 1_920, 3_840], time.Waits.Select(wait => wait.TotalSeconds));
        Assert.All(server.Packets, packet => Assert.Equal(0, UdpServer.Action(packet)));
    }

    [Fact]
    public async Task Should_connect_anew_when_the_connection_id_has_run_out()
    {
        // As BEP 15 shows it: announces at 2, 17 and 47 go unanswered; at 107 the id has expired.
        var answered = 0;
        await using var server = new UdpServer(packet => UdpServer.Action(packet) == 0 && Interlocked.Increment(ref answered) == 1
            ? [UdpServer.Connected(packet)]
            : []);
        var waits = 0;
        var time = new ManualTime(_ => Interlocked.Increment(ref waits) > 1);
        using var client = new TrackerClient(new TrackerClientOptions { TimeProvider = time, UdpRetries = 4 });
        await Assert.ThrowsAsync<TrackerException>(() => client.AnnounceAsync(server.Url, Request));

        Assert.Equal([15, 15, 30, 60, 120, 240], time.Waits.Select(wait => wait.TotalSeconds));

        // Packets are sent before each wait ends, but the server may see the last one late.
        Assert.Equal([0, 1, 1, 1, 0, 0], (await SeenAsync(server, 6)).Select(UdpServer.Action));
        Assert.Single(server.Packets.Where(packet => UdpServer.Action(packet) == 1).Select(packet => Convert.ToHexString(packet)).Distinct());
    }

    [Fact]
    public async Task Should_take_an_answer_to_a_packet_that_was_sent_again()
    {
        var seen = 0;
        await using var server = new UdpServer(packet => Interlocked.Increment(ref seen) switch
        {
            1 or 3 => [],
            _ when UdpServer.Action(packet) == 0 => [UdpServer.Connected(packet)],
            _ => [UdpServer.Reply(packet, 1, 60, 0, 0)],
        });
        var waits = 0;
        var time = new ManualTime(_ => Interlocked.Increment(ref waits) is 1 or 3);
        using var client = new TrackerClient(new TrackerClientOptions { TimeProvider = time });

        Assert.Equal(60, (await client.AnnounceAsync(server.Url, Request)).Interval.TotalSeconds);
        Assert.Equal([0, 0, 1, 1], server.Packets.Select(UdpServer.Action));
    }

    [Fact]
    public async Task Should_not_be_misled_by_packets_that_do_not_belong()
    {
        await using var server = new UdpServer(packet =>
        {
            var other = packet.ToArray();
            other[15] ^= 1;
            return UdpServer.Action(packet) == 0
                ? [[], [1], UdpServer.Connected(other), UdpServer.Reply(packet, 1, 1, 1), UdpServer.Reply(packet, 0), UdpServer.Connected(packet)]
                : [UdpServer.Reply(other, 3), UdpServer.Reply(packet, 2, 0, 0, 0), UdpServer.Reply(packet, 1, 1), UdpServer.Reply(packet, 1, 60, 0, 0)];
        });
        using var client = new TrackerClient();

        Assert.Equal(60, (await client.AnnounceAsync(server.Url, Request)).Interval.TotalSeconds);
    }

    [Fact]
    public async Task Should_pass_on_why_a_tracker_refuses()
    {
        await using var server = new UdpServer(packet => UdpServer.Action(packet) == 0
            ? [UdpServer.Connected(packet)]
            : [[.. UdpServer.Reply(packet, 3), .. "Torrent not registered\0"u8]]);
        using var client = new TrackerClient();

        var error = await Assert.ThrowsAsync<TrackerException>(() => client.AnnounceAsync(server.Url, Request));
        Assert.Equal((TrackerErrorKind.Refused, "Torrent not registered"), (error.Kind, error.Message));
    }

    [Fact]
    public async Task Should_scrape_many_hashes_over_one_connection()
    {
        await using var server = new UdpServer(packet => UdpServer.Action(packet) == 0
            ? [UdpServer.Connected(packet)]
            : [UdpServer.Reply(packet, 2, [.. Enumerable.Range(0, (packet.Length - 16) / 20).SelectMany(i => (int[])[packet[16 + (20 * i)], 2, 3])])]);
        using var client = new TrackerClient();
        var hashes = Enumerable.Range(0, 100).Select(i => new InfoHash([.. Enumerable.Repeat((byte)i, 20)])).ToArray();
        var entries = (await client.ScrapeAsync(server.Url, hashes)).Entries;

        Assert.Equal(100, entries.Count);
        Assert.Equal(new TrackerScrapeEntry(Seeders: 99, Leechers: 3, Downloaded: 2), entries[hashes[99]]);
        Assert.Equal([16, 16 + (74 * 20), 16 + (26 * 20)], server.Packets.Select(packet => packet.Length));
    }

    [Fact]
    public async Task Should_say_when_the_port_is_closed_and_stop_when_cancelled()
    {
        using var client = new TrackerClient();
        int port;
        using (var closed = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0)))
        {
            port = ((IPEndPoint)closed.Client.LocalEndPoint!).Port;
        }

        var error = await Assert.ThrowsAsync<TrackerException>(() => client.AnnounceAsync($"udp://127.0.0.1:{port}", Request));
        Assert.Equal(TrackerErrorKind.Unreachable, error.Kind);

        await using var silent = new UdpServer(_ => []);
        using var cancellation = new CancellationTokenSource(200);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.AnnounceAsync(silent.Url, Request, cancellation.Token));
    }

    [Fact]
    public async Task Should_refuse_ports_that_are_none()
    {
        using var client = new TrackerClient();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await client.AnnounceAsync("udp://127.0.0.1:1", Request with { Port = 65_536 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await client.AnnounceAsync("udp://127.0.0.1:1", Request with { Port = -1 }));
    }

    private static async Task<byte[][]> SeenAsync(UdpServer server, int count)
    {
        for (var i = 0; i < 500 && server.Packets.Count < count; i++)
        {
            await Task.Delay(20);
        }

        return [.. server.Packets];
    }
}
