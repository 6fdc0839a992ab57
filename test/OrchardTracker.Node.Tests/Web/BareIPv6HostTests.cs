using System.Net.Sockets;
using System.Text;

namespace OrchardTracker.Node.Tests.Web;

/// <summary>Requests as libtorrent sends them to an IPv6 address.</summary>
public sealed class BareIPv6HostTests
{
    private const string Announce = "/announce?info_hash=aaaaaaaaaaaaaaaaaaaa&peer_id=-LT2080-abcdefghijkl&left=0&port=7001";

    [Theory]
    [InlineData("Host: ::1:6969")]
    [InlineData("Host: ::1")]
    [InlineData("host:2001:db8::7:6969")]
    [InlineData("Host: [::1]:6969")]
    [InlineData("Host: localhost:6969")]
    public async Task Should_take_announces_and_serve_files_whatever_form_the_address_has(string host)
    {
        byte[] bytes = [];
        await using var node = await TestNode.StartAsync(files => bytes = files.Write("film.mkv", 1000), "--Tracker:Address=::1");
        var published = await node.PublishedAsync("film.mkv");

        Assert.Contains("\r\n\r\nd8:complete", await RawHttp.GetAsync(node.Address, Announce, host + "\r\n"), StringComparison.Ordinal);
        var file = await RawHttp.GetAsync(node.Address, $"/files/{published.InfoHash}/film.mkv", host + "\r\n");
        Assert.EndsWith("\r\n\r\n" + Encoding.Latin1.GetString(bytes), file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_write_no_such_address_into_a_torrent()
    {
        await using var node = await TestNode.StartAsync(files => files.Write("film.mkv", 1000), "--Tracker:Address=::1");
        var published = await node.PublishedAsync("film.mkv");

        Assert.StartsWith("HTTP/1.1 400 ", await RawHttp.GetAsync(node.Address, $"/torrents/{published.InfoHash}.torrent", "Host: ::1:6969\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_still_refuse_it_where_nobody_has_such_an_address()
    {
        await using var node = await TestNode.StartAsync();

        Assert.StartsWith("HTTP/1.1 400 ", await RawHttp.GetAsync(node.Address, Announce, "Host: ::1:6969\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_mend_each_of_many_requests_on_one_connection_however_they_are_cut()
    {
        await using var node = await TestNode.StartAsync("--Tracker:Address=::1");
        using var client = new TcpClient(AddressFamily.InterNetworkV6) { NoDelay = true };
        await client.ConnectAsync("::1", node.Address.Port);
        await using var stream = client.GetStream();
        var request = Encoding.ASCII.GetBytes($"GET {Announce} HTTP/1.1\r\nHost: ::1:6969\r\nUser-Agent: libtorrent/2.0.8.0\r\n\r\n");
        const int Count = 100;
        var random = new Random(1);
        var last = Encoding.ASCII.GetBytes($"GET {Announce} HTTP/1.1\r\nHost: ::1:6969\r\nConnection: close\r\n\r\n");
        var all = Enumerable.Repeat(request, Count - 1).SelectMany(bytes => bytes).Concat(last).ToArray();

        var sending = Task.Run(async () =>
        {
            for (var sent = 0; sent < all.Length;)
            {
                var length = Math.Min(all.Length - sent, random.Next(1, 700));
                await stream.WriteAsync(all.AsMemory(sent, length));
                sent += length;
            }
        });
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var replies = await reader.ReadToEndAsync();
        await sending;

        Assert.Equal(Count, replies.Split("HTTP/1.1 200 OK").Length - 1);
    }
}
