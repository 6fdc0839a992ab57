using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using static OrchardTracker.BitTorrent.Tests.Bencoded;

namespace OrchardTracker.BitTorrent.Tests;

public sealed class HttpTrackerTests
{
    private static readonly InfoHash Hash = new([.. Enumerable.Range(0, 20).Select(i => (byte)(i * 13))]);

    private static readonly TrackerAnnounceRequest Request = new()
    {
        InfoHash = Hash,
        PeerId = new PeerId("-OT0100-abc\0\xFF~._-%&+"u8[..20]),
        Port = 6881,
        Uploaded = 1,
        Downloaded = 2,
        Left = long.MaxValue,
        Key = 0xABCD,
    };

    [Fact]
    public async Task Should_send_what_the_bep_asks_for_and_keep_the_query_of_the_tracker()
    {
        await using var server = new HttpServer(_ => HttpServer.Ok(Dict(("interval", Int(60)), ("peers", Str("")))));
        using var client = new TrackerClient();
        await client.AnnounceAsync(
            server.Url + "/a%2fnnounce/../announce?passkey=%41b",
            Request with { Event = AnnounceEvent.Started, NumWant = 50, TrackerId = "t\n"u8.ToArray(), Ip = IPAddress.Parse("1.2.3.4") });
        await client.AnnounceAsync(server.Url + "/announce#part", Request with { Compact = false });

        var requests = server.Requests.ToArray();
        Assert.StartsWith(
            "GET /a%2fnnounce/../announce?passkey=%41b&info_hash=%00%0D%1A%274AN%5Bhu%82%8F%9C%A9%B6%C3%D0%DD%EA%F7"
            + "&peer_id=-OT0100-abc%00%C3%BF~._-%25%26&port=6881&uploaded=1&downloaded=2&left=9223372036854775807&key=0000ABCD&compact=1"
            + "&event=started&numwant=50&ip=1.2.3.4&trackerid=t%0A HTTP/1.1\r\n",
            requests[0], StringComparison.Ordinal);
        Assert.Contains("\r\nUser-Agent: OrchardTracker/", requests[0], StringComparison.Ordinal);
        Assert.StartsWith("GET /announce?info_hash=", requests[1], StringComparison.Ordinal);
        Assert.Contains("&compact=0 HTTP", requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_read_a_compact_reply_with_everything_in_it()
    {
        var reply = Dict(
            ("complete", Int(5)), ("downloaded", Int(9)), ("external ip", Str([10, 0, 0, 1])), ("incomplete", Int(7)), ("interval", Int(1_800)),
            ("min interval", Int(60)), ("peers", Str([1, 2, 3, 4, 0x1A, 0xE1, 5, 6, 7, 8, 0, 0, 9])),
            ("peers6", Str([.. IPAddress.IPv6Loopback.GetAddressBytes(), 0x1A, 0xE2])), ("tracker id", Str("id")), ("warning message", Str("Be\nware")));
        var response = await AnnounceAsync(HttpServer.Ok(reply));

        Assert.Equal(TimeSpan.FromMinutes(30), response.Interval);
        Assert.Equal(TimeSpan.FromMinutes(1), response.MinInterval);
        Assert.Equal((5, 7, 9), (response.Seeders, response.Leechers, response.Downloaded));
        Assert.Equal(IPAddress.Parse("10.0.0.1"), response.ExternalAddress);
        Assert.Equal("id"u8.ToArray(), response.TrackerId?.ToArray());
        Assert.Equal("Be ware", response.WarningMessage);
        Assert.Equal(["1.2.3.4:6881", "[::1]:6882"], response.Peers.Select(peer => peer.ToString()));
    }

    [Fact]
    public async Task Should_read_a_dictionary_reply()
    {
        var id = Encoding.ASCII.GetBytes("-TR3000-abcdefghijkl");
        var reply = Dict(("interval", Int(60)), ("peers", List(
            Dict(("ip", Str("1.2.3.4")), ("peer id", Str(id)), ("port", Int(1))),
            Dict(("ip", Str("2001:db8::1")), ("port", Int(65_535))),
            Dict(("ip", Str("host.example")), ("port", Int(1))),
            Dict(("ip", Str("1.2.3.4")), ("port", Int(70_000))),
            Dict(("ip", Str("1.2.3.4"))),
            Int(1))));
        var response = await AnnounceAsync(HttpServer.Ok(reply));

        Assert.Equal(
            [new TrackerPeer(IPAddress.Parse("1.2.3.4"), 1, new PeerId(id)), new TrackerPeer(IPAddress.Parse("2001:db8::1"), 65_535, null)],
            response.Peers);
        Assert.Null(response.Seeders);
    }

    [Fact]
    public async Task Should_do_with_what_a_careless_tracker_sends()
    {
        var response = await AnnounceAsync(HttpServer.Ok(Dict(("interval", Int(-5)), ("complete", Int(-1)), ("incomplete", Int(long.MaxValue)), ("peers", Int(1)))));
        Assert.Equal(TimeSpan.FromMinutes(30), response.Interval);
        Assert.Null(response.Seeders);
        Assert.Equal(int.MaxValue, response.Leechers);
        Assert.Empty(response.Peers);

        response = await AnnounceAsync(HttpServer.Ok([.. Dict(("interval", Int(long.MaxValue))), .. "\r\n"u8]));
        Assert.Equal(TimeSpan.FromDays(7), response.Interval);
    }

    [Fact]
    public async Task Should_unpack_compressed_replies()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Dict(("interval", Int(77))));
        }

        Assert.Equal(77, (await AnnounceAsync(HttpServer.Ok(packed.ToArray(), "Content-Encoding: gzip\r\n"))).Interval.TotalSeconds);
    }

    [Theory]
    [InlineData("i5e", 300.0)]
    [InlineData("2:10", 600.0)]
    [InlineData("5:never", -0.001)]
    [InlineData("5:later", null)]
    [InlineData("i-1e", null)]
    [InlineData(null, null)]
    public async Task Should_pass_on_why_and_until_when_a_tracker_refuses(string? retryIn, double? seconds)
    {
        var reply = Dict(("failure reason", Str("No,\u001b[31m sorry")), ("retry in", retryIn is null ? null : Encoding.ASCII.GetBytes(retryIn)));
        foreach (var answer in (byte[][])[HttpServer.Ok(reply), HttpServer.Status("404 Not Found", reply)])
        {
            var error = await FailsAsync(TrackerErrorKind.Refused, answer);
            Assert.Equal("No, [31m sorry", error.Message);
            Assert.Equal(seconds, error.RetryIn?.TotalSeconds);
        }
    }

    [Fact]
    public async Task Should_say_what_is_wrong_with_an_answer()
    {
        var error = await FailsAsync(TrackerErrorKind.InvalidResponse, HttpServer.Ok([.. "<html>"u8]));
        Assert.Equal(
            "What answered is no tracker: its answer is not a bencoded dictionary. At byte 0: expected a value ('i', 'l', 'd' or a digit), found '<'.",
            error.Message);
        error = await FailsAsync(TrackerErrorKind.InvalidResponse, HttpServer.Ok(List()));
        Assert.Equal("What answered is no tracker: its answer is not a bencoded dictionary.", error.Message);
        error = await FailsAsync(TrackerErrorKind.InvalidResponse, HttpServer.Status("503 Busy", [.. "later"u8]));
        Assert.Equal("The tracker answered with HTTP status 503 (ServiceUnavailable).", error.Message);
        await FailsAsync(TrackerErrorKind.InvalidResponse, [.. "SSH-2.0-OpenSSH\r\n\r\n"u8]);
        await FailsAsync(TrackerErrorKind.InvalidResponse, [.. "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nd"u8]);
        await FailsAsync(TrackerErrorKind.InvalidResponse, HttpServer.Ok([1, 2, 3], "Content-Encoding: gzip\r\n"));
    }

    [Fact]
    public async Task Should_not_read_more_than_it_is_told_to()
    {
        var options = new TrackerClientOptions { MaxResponseLength = 1_000 };
        const string Message = "The tracker's answer is longer than 1000 bytes.";
        Assert.Equal(Message, (await FailsAsync(TrackerErrorKind.InvalidResponse, HttpServer.Ok(new byte[1_001]), options)).Message);
        byte[] endless = [.. "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"u8, .. new byte[100_000]];
        Assert.Equal(Message, (await FailsAsync(TrackerErrorKind.InvalidResponse, endless, options)).Message);

        using var bomb = new MemoryStream();
        await using (var gzip = new GZipStream(bomb, CompressionLevel.Optimal, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[500_000]);
        }

        Assert.True(bomb.Length < 1_000);
        Assert.Equal(Message, (await FailsAsync(TrackerErrorKind.InvalidResponse, HttpServer.Ok(bomb.ToArray(), "Content-Encoding: gzip\r\n"), options)).Message);
    }

    [Fact]
    public async Task Should_follow_some_redirects_and_no_more()
    {
        await using var server = new HttpServer(target => target switch
        {
            _ when target.StartsWith("/once", StringComparison.Ordinal) => HttpServer.Status("302 Found", [], "Location: /end\r\n"),
            _ when target.StartsWith("/end", StringComparison.Ordinal) => HttpServer.Ok(Dict(("interval", Int(5)))),
            _ => HttpServer.Status("301 Moved", [], $"Location: {target}\r\n"),
        });
        using var client = new TrackerClient();

        Assert.Equal(5, (await client.AnnounceAsync(server.Url + "/once", Request)).Interval.TotalSeconds);
        server.Requests.Clear();
        var error = await Assert.ThrowsAsync<TrackerException>(() => client.AnnounceAsync(server.Url + "/loop", Request));
        Assert.Equal("The tracker answered with HTTP status 301 (MovedPermanently).", error.Message);
        Assert.Equal(6, server.Requests.Count);

        using var stern = new TrackerClient(new TrackerClientOptions { MaxRedirects = 0 });
        await Assert.ThrowsAsync<TrackerException>(() => stern.AnnounceAsync(server.Url + "/once", Request));
    }

    [Fact]
    public async Task Should_connect_to_no_address_that_is_forbidden()
    {
        var asked = new List<IPAddress>();
        var options = new TrackerClientOptions
        {
            IsAddressAllowed = address =>
            {
                lock (asked)
                {
                    asked.Add(address);
                }

                return !IPAddress.IsLoopback(address);
            },
        };
        await using var server = new HttpServer(_ => HttpServer.Ok(Dict(("interval", Int(5)))));
        using var client = new TrackerClient(options);
        var port = server.EndPoint.Port;
        foreach (var host in (string[])["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "127.1", "0x7f000001", "[::1]"])
        {
            foreach (var scheme in (string[])["http", "https", "udp"])
            {
                var error = await Assert.ThrowsAsync<TrackerException>(() => client.AnnounceAsync($"{scheme}://{host}:{port}/announce", Request));
                Assert.Equal(TrackerErrorKind.AddressForbidden, error.Kind);
                Assert.EndsWith("has no address that may be connected to.", error.Message, StringComparison.Ordinal);
            }
        }

        Assert.Empty(server.Requests);
        Assert.DoesNotContain(asked, address => address.IsIPv4MappedToIPv6);
    }

    [Fact]
    public async Task Should_ask_for_the_address_of_a_redirect_too()
    {
        // The first server is on an allowed loopback address and sends the client to a forbidden one.
        var forbidden = IPAddress.Parse("127.0.0.2");
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsWindows(), "Only 127.0.0.1 is there.");
        await using var inner = new HttpServer(_ => HttpServer.Ok(Dict(("interval", Int(5)))), forbidden);
        await using var outer = new HttpServer(_ => HttpServer.Status("302 Found", [], $"Location: {inner.Url}/announce\r\n"));
        using var client = new TrackerClient(new TrackerClientOptions { IsAddressAllowed = address => !address.Equals(forbidden) });

        var error = await Assert.ThrowsAsync<TrackerException>(() => client.AnnounceAsync(outer.Url + "/announce", Request));
        Assert.Equal(TrackerErrorKind.AddressForbidden, error.Kind);
        Assert.Single(outer.Requests);
        Assert.Empty(inner.Requests);
    }

    [Fact]
    public async Task Should_say_when_nobody_answers()
    {
        using var client = new TrackerClient();
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        Assert.Equal(
            TrackerErrorKind.Unreachable,
            (await Assert.ThrowsAsync<TrackerException>(() => client.AnnounceAsync($"http://127.0.0.1:{port}/announce", Request))).Kind);

        var error = await Assert.ThrowsAsync<TrackerException>(() => client.AnnounceAsync("http://no-such-host.invalid/announce", Request));
        Assert.Equal(TrackerErrorKind.Unreachable, error.Kind);
        Assert.Equal("The host 'no-such-host.invalid' is not known.", error.Message);
    }

    [Fact]
    public async Task Should_give_up_in_time_and_when_it_is_cancelled()
    {
        await using var silent = new HttpServer(_ => null);
        using var client = new TrackerClient(new TrackerClientOptions { HttpTimeout = TimeSpan.FromMilliseconds(200) });
        var error = await Assert.ThrowsAsync<TrackerException>(() => client.AnnounceAsync(silent.Url + "/announce", Request));
        Assert.Equal((TrackerErrorKind.TimedOut, "The tracker did not answer in time."), (error.Kind, error.Message));

        using var patient = new TrackerClient();
        using var cancellation = new CancellationTokenSource(200);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => patient.AnnounceAsync(silent.Url + "/announce", Request, cancellation.Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("announce")]
    [InlineData("/announce")]
    [InlineData("ws://t.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://t.example/announce?x\r\nHost: y")]
    [InlineData("http://t.example/announce?x\ry")]
    [InlineData("http://t.example/announce?x\ny")]
    [InlineData("http://t.example/announce?x y")]
    [InlineData(" http://t.example/announce")]
    [InlineData("http://t.example/announce\u007F")]
    [InlineData("http://t.example/announcé")]
    [InlineData("http://té.example/announce")]
    [InlineData("udp://t.example:6969/announce?x\ny")]
    public async Task Should_refuse_addresses_it_cannot_ask(string url)
    {
        using var client = new TrackerClient();
        Assert.Equal(TrackerErrorKind.UnsupportedUrl, (await Assert.ThrowsAsync<TrackerException>(async () => await client.AnnounceAsync(url, Request))).Kind);
        Assert.Equal(TrackerErrorKind.UnsupportedUrl, (await Assert.ThrowsAsync<TrackerException>(async () => await client.ScrapeAsync(url, [Hash]))).Kind);
    }

    [Theory]
    [InlineData("http://example.com/announce", "http://example.com/scrape")]
    [InlineData("http://example.com/x/announce", "http://example.com/x/scrape")]
    [InlineData("http://example.com/announce.php", "http://example.com/scrape.php")]
    [InlineData("http://example.com/announce?x2%0644", "http://example.com/scrape?x2%0644")]
    [InlineData("http://example.com/announce?x=2/4", "http://example.com/scrape?x=2/4")]
    [InlineData("http://example.com/scrape?x=1", "http://example.com/scrape?x=1")]
    [InlineData("http://example.com/a", null)]
    [InlineData("http://example.com/x%064announce", null)]
    [InlineData("http://example.com/announce/passkey", null)]
    public void Should_find_the_scrape_address_as_the_bep_has_it(string announce, string? scrape) =>
        Assert.Equal(scrape, TrackerClient.GetScrapeUrl(announce));

    [Fact]
    public async Task Should_scrape_many_hashes_in_several_requests()
    {
        var hashes = Enumerable.Range(0, 120).Select(i => new InfoHash([.. Enumerable.Repeat((byte)i, 20)])).ToArray();
        await using var server = new HttpServer(_ => HttpServer.Ok(Dict(("files", [
            (byte)'d',
            .. hashes.Where((_, i) => i != 3).SelectMany((hash, i) => Str(hash.ToArray()).Concat(
                Dict(("complete", Int(hash.ToArray()[0])), ("downloaded", Int(2)), ("downloaders", i == 0 ? Int(1) : null), ("incomplete", Int(3))))),
            (byte)'e']))));
        using var client = new TrackerClient();
        var entries = (await client.ScrapeAsync(server.Url + "/announce?k=1", [.. hashes, hashes[0]])).Entries;

        Assert.Equal(119, entries.Count);
        Assert.Equal(new TrackerScrapeEntry(Seeders: 0, Leechers: 3, Downloaded: 2, Downloaders: 1), entries[hashes[0]]);
        Assert.Equal(new TrackerScrapeEntry(Seeders: 119, Leechers: 3, Downloaded: 2), entries[hashes[119]]);
        Assert.Equal(3, server.Requests.Count);
        Assert.All(server.Requests, request => Assert.StartsWith("GET /scrape?k=1&info_hash=", request, StringComparison.Ordinal));

        var error = await Assert.ThrowsAsync<TrackerException>(() => client.ScrapeAsync(server.Url + "/announce/key", hashes));
        Assert.Equal(TrackerErrorKind.UnsupportedUrl, error.Kind);
        await using var empty = new HttpServer(_ => HttpServer.Ok(Dict(("interval", Int(1)))));
        error = await Assert.ThrowsAsync<TrackerException>(() => client.ScrapeAsync(empty.Url + "/announce", hashes));
        Assert.Equal("The tracker's answer to a scrape has no 'files'.", error.Message);
    }

    [Theory]
    [InlineData("d5:filesde5:flagsd20:min_request_intervali900eee", 900)]
    [InlineData("d5:filesde5:flagsd20:min_request_interval3:900ee", null)]
    [InlineData("d5:filesde5:flagsi900ee", null)]
    [InlineData("d5:filesdee", null)]
    public async Task Should_read_how_long_a_tracker_wants_to_be_left_alone(string answer, int? seconds)
    {
        await using var server = new HttpServer(_ => HttpServer.Ok(Encoding.ASCII.GetBytes(answer)));
        using var client = new TrackerClient();
        Assert.Equal(seconds, (await client.ScrapeAsync(server.Url + "/announce", [Hash])).MinInterval?.TotalSeconds);
    }

    [Fact]
    public async Task Should_reach_a_tracker_over_ipv6()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "This machine has no IPv6.");
        await using var server = new HttpServer(_ => HttpServer.Ok(Dict(("interval", Int(5)))), IPAddress.IPv6Loopback);
        using var client = new TrackerClient(new TrackerClientOptions { AddressFamily = AddressFamily.InterNetworkV6 });
        Assert.Equal(5, (await client.AnnounceAsync(server.Url + "/announce", Request)).Interval.TotalSeconds);

        using var other = new TrackerClient(new TrackerClientOptions { AddressFamily = AddressFamily.InterNetwork });
        var error = await Assert.ThrowsAsync<TrackerException>(() => other.AnnounceAsync(server.Url + "/announce", Request));
        Assert.Equal("The host '::1' has no address of the wanted kind.", error.Message);
    }

    private static async Task<TrackerAnnounceResponse> AnnounceAsync(byte[] answer)
    {
        await using var server = new HttpServer(_ => answer);
        using var client = new TrackerClient();
        return await client.AnnounceAsync(server.Url + "/announce", Request);
    }

    private static async Task<TrackerException> FailsAsync(TrackerErrorKind kind, byte[] answer, TrackerClientOptions? options = null)
    {
        await using var server = new HttpServer(_ => answer);
        using var client = new TrackerClient(options);
        var error = await Assert.ThrowsAsync<TrackerException>(() => client.AnnounceAsync(server.Url + "/announce", Request));
        Assert.Equal(kind, error.Kind);
        return error;
    }
}
