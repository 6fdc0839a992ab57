using System.Net;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Node.Tests.Web;

public sealed class TorrentTests
{
    [Fact]
    public async Task Should_name_trackers_and_web_seed_under_the_address_by_which_the_client_came()
    {
        await using var node = await TestNode.StartAsync(files => files.Write("film.mkv", 100));
        var published = await node.PublishedAsync("film.mkv");
        var port = node.Address.Port;

        foreach (var (host, expected) in new[]
        {
            ($"127.0.0.1:{port}", $"127.0.0.1:{port}"), ("tracker.example.org", "tracker.example.org"), ("tracker.example.org:8080", "tracker.example.org:8080"), ($"[::1]:{port}", $"[::1]:{port}"),
        })
        {
            var torrent = await GetAsync(node, published.InfoHash, host);
            Assert.Equal(
                [[$"http://{expected}/announce"], [$"udp://{expected.Split(':')[0].Replace("[", "[::1]", StringComparison.Ordinal)}:{port}/announce"]], torrent.AnnounceTiers);
            Assert.Equal([$"http://{expected}/files/{published.InfoHash}/film.mkv"], torrent.WebSeeds);
            Assert.Equal(published.Metainfo.InfoHashV1, torrent.InfoHashV1);
        }
    }

    [Fact]
    public async Task Should_name_the_public_address_where_one_is_set()
    {
        await using var node = await TestNode.StartAsync(files => files.Write("film.mkv", 100), "--Publish:PublicUrl=https://tracker.example.org/seeds/", "--Tracker:Udp:Enabled=false");
        var published = await node.PublishedAsync("film.mkv");

        var torrent = await GetAsync(node, published.InfoHash, "somewhere.else");

        Assert.Equal([["https://tracker.example.org/seeds/announce"]], torrent.AnnounceTiers);
        Assert.Equal([$"https://tracker.example.org/seeds/files/{published.InfoHash}/film.mkv"], torrent.WebSeeds);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("user@host")]
    [InlineData("host/path")]
    [InlineData("host:99999")]
    [InlineData("<script>")]
    [InlineData("host\"")]
    [InlineData("..")]
    public async Task Should_write_no_torrent_and_no_page_for_a_host_that_is_none(string host)
    {
        await using var node = await TestNode.StartAsync(files => files.Write("film.mkv", 100));
        var published = await node.PublishedAsync("film.mkv");

        foreach (var target in new[] { $"/torrents/{published.InfoHash}.torrent", "/" })
        {
            var reply = await RawHttp.GetAsync(node.Address, target, $"Host: {host}\r\n");
            Assert.StartsWith("HTTP/1.1 400 ", reply, StringComparison.Ordinal);
            Assert.DoesNotContain(host, reply, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Should_take_the_address_of_the_connection_where_http_knows_no_hosts()
    {
        await using var node = await TestNode.StartAsync(files => files.Write("film.mkv", 100));
        var published = await node.PublishedAsync("film.mkv");

        var reply = await RawHttp.GetAsync(node.Address, $"/torrents/{published.InfoHash}.torrent", "", "1.0");

        Assert.Contains($"http://127.0.0.1:{node.Address.Port}/announce", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_believe_forwarded_headers_of_a_trusted_proxy()
    {
        await using var node = await TestNode.StartAsync(files => files.Write("film.mkv", 100), "--Tracker:TrustedProxies=127.0.0.0/8");
        var published = await node.PublishedAsync("film.mkv");

        var torrent = await GetAsync(node, published.InfoHash, "inside", ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "outside.example.org"));

        Assert.Equal("https://outside.example.org/announce", torrent.AnnounceTiers[0][0]);
    }

    [Fact]
    public async Task Should_not_believe_forwarded_headers_of_anybody_else()
    {
        await using var node = await TestNode.StartAsync(files => files.Write("film.mkv", 100), "--Tracker:TrustedProxies=10.0.0.0/8");
        var published = await node.PublishedAsync("film.mkv");

        var torrent = await GetAsync(node, published.InfoHash, "inside", ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "outside.example.org"));

        Assert.Equal("http://inside/announce", torrent.AnnounceTiers[0][0]);
    }

    [Fact]
    public async Task Should_offer_the_file_under_its_name_and_tell_when_it_is_the_same()
    {
        await using var node = await TestNode.StartAsync(files => files.Write("歌.flac", 100));
        var published = await node.PublishedAsync("歌.flac");
        using var first = await node.Http.GetAsync($"/torrents/{published.InfoHash}.torrent");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/torrents/{published.InfoHash}.torrent");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await node.Http.SendAsync(request);

        Assert.Equal("application/x-bittorrent", first.Content.Headers.ContentType!.ToString());
        Assert.Equal("歌.flac.torrent", first.Content.Headers.ContentDisposition!.FileNameStar);
        Assert.Equal("Host", first.Headers.Vary.Single());
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000")]
    [InlineData("xyz")]
    public async Task Should_say_in_words_that_there_is_no_such_torrent(string hash)
    {
        await using var node = await TestNode.StartAsync();
        using var reply = await node.Http.GetAsync($"/torrents/{hash}.torrent");

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.StartsWith("There is no such torrent here.", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_make_torrents_as_the_settings_say()
    {
        await using var node = await TestNode.StartAsync(
            files => files.Write("film.mkv", 100_000),
            "--Publish:Version=hybrid", "--Publish:PieceLength=32K", "--Publish:Private=true", "--Publish:Source=HERE", "--Publish:Comment=for you");
        var published = await node.PublishedAsync("film.mkv");

        var torrent = await node.TorrentAsync(published.InfoHash);

        Assert.Equal(MetainfoVersion.Hybrid, torrent.Version);
        Assert.Equal(32768, torrent.PieceLength);
        Assert.True(torrent.IsPrivate);
        Assert.Equal(("HERE", "for you", "OrchardTracker"), (torrent.Source, torrent.Comment, torrent.CreatedBy));
        Assert.Equal(published.PublishedAt.ToUnixTimeSeconds(), torrent.CreationDate!.Value.ToUnixTimeSeconds());

        // Both of its hashes lead to it.
        Assert.Equal(torrent.Bytes, (await node.TorrentAsync(torrent.TrackerHashes[1])).Bytes);
    }

    private static async Task<Metainfo> GetAsync(TestNode node, InfoHash hash, string host, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/torrents/{hash}.torrent");
        request.Headers.Host = host;
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var reply = await node.Http.SendAsync(request);
        return Metainfo.Parse(await reply.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync());
    }
}
