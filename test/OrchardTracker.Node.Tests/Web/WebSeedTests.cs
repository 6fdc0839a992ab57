using System.Net;
using System.Net.Http.Headers;

namespace OrchardTracker.Node.Tests.Web;

public sealed class WebSeedTests
{
    [Theory]
    [InlineData("film.mkv")]
    [InlineData("with space & 100% + #hash?.bin")]
    [InlineData("日本語のファイル.bin")]
    [InlineData("ملف.bin")]
    [InlineData("😀.bin")]
    [InlineData("e\u0301 and \u00e9.bin")]
    [InlineData("%2e%2e%2f.bin")]
    [InlineData("'quoted' \"twice\".bin")]
    public async Task Should_serve_a_file_at_the_address_in_its_torrent_whatever_its_name(string name)
    {
        byte[] bytes = [];
        await using var node = await TestNode.StartAsync(files => bytes = files.Write(name, 70_000));
        var published = await node.PublishedAsync(name);

        var seed = Assert.Single((await node.TorrentAsync(published.InfoHash)).WebSeeds);

        Assert.Equal(bytes, await node.Http.GetByteArrayAsync(seed));
    }

    [Fact]
    public async Task Should_serve_the_files_of_a_folder_behind_the_address_that_ends_with_a_slash()
    {
        byte[] bytes = [];
        await using var node = await TestNode.StartAsync(files => bytes = files.Write("album ü/cd 1/ä #1.flac", 70_000));
        var published = await node.PublishedAsync("album ü");

        var seed = Assert.Single((await node.TorrentAsync(published.InfoHash)).WebSeeds);

        Assert.EndsWith("/", seed);
        Assert.Equal(bytes, await node.Http.GetByteArrayAsync(seed + "album%20%C3%BC/cd%201/%C3%A4%20%231.flac"));
    }

    [Theory]
    [InlineData("bytes=0-9", 0, 10)]
    [InlineData("bytes=1000-1999", 1000, 1000)]
    [InlineData("bytes=69990-", 69990, 10)]
    [InlineData("bytes=-10", 69990, 10)]
    [InlineData("bytes=69999-99999999", 69999, 1)]
    public async Task Should_serve_ranges(string range, int start, int length)
    {
        byte[] bytes = [];
        await using var node = await TestNode.StartAsync(files => bytes = files.Write("film.mkv", 70_000));
        var url = await UrlAsync(node, "film.mkv");

        using var reply = await GetAsync(node, url, ("Range", range));

        Assert.Equal(HttpStatusCode.PartialContent, reply.StatusCode);
        Assert.Equal(new ContentRangeHeaderValue(start, start + length - 1, 70_000), reply.Content.Headers.ContentRange);
        Assert.Equal(bytes[start..(start + length)], await reply.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Should_refuse_a_range_behind_the_end()
    {
        await using var node = await TestNode.StartAsync(files => files.Write("film.mkv", 70_000));
        using var reply = await GetAsync(node, await UrlAsync(node, "film.mkv"), ("Range", "bytes=70000-"));

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, reply.StatusCode);
        Assert.Equal("bytes */70000", reply.Content.Headers.ContentRange!.ToString());
    }

    [Fact]
    public async Task Should_answer_head_with_the_headers_of_get_and_no_body()
    {
        await using var node = await TestNode.StartAsync(files => files.Write("film.mp4", 70_000));
        using var request = new HttpRequestMessage(HttpMethod.Head, await UrlAsync(node, "film.mp4"));
        using var reply = await node.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal(70_000, reply.Content.Headers.ContentLength);
        Assert.Equal("video/mp4", reply.Content.Headers.ContentType!.ToString());
        Assert.Equal("bytes", reply.Headers.AcceptRanges.Single());
        Assert.NotNull(reply.Content.Headers.LastModified);
        Assert.False(reply.Headers.ETag!.IsWeak);
        Assert.Empty(await reply.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Should_go_on_with_a_download_only_while_the_bytes_are_the_same()
    {
        await using var node = await TestNode.StartAsync(files => files.Write("film.mkv", 70_000));
        var url = await UrlAsync(node, "film.mkv");
        using var first = await GetAsync(node, url);
        var tag = first.Headers.ETag!.ToString();

        using var unchanged = await GetAsync(node, url, ("If-None-Match", tag));
        using var same = await GetAsync(node, url, ("If-Range", tag), ("Range", "bytes=5-9"));
        using var other = await GetAsync(node, url, ("If-Range", "\"another\""), ("Range", "bytes=5-9"));
        using var failed = await GetAsync(node, url, ("If-Match", "\"another\""));

        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal(HttpStatusCode.PartialContent, same.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, failed.StatusCode);
    }

    [Fact]
    public async Task Should_give_other_files_other_tags()
    {
        await using var node = await TestNode.StartAsync(files =>
        {
            files.Write("album/1.flac", 1000, 1);
            files.Write("album/2.flac", 1000, 2);
        });
        var folder = (await node.TorrentAsync((await node.PublishedAsync("album")).InfoHash)).WebSeeds[0];

        using var first = await GetAsync(node, folder + "album/1.flac");
        using var second = await GetAsync(node, folder + "album/2.flac");

        Assert.NotEqual(first.Headers.ETag, second.Headers.ETag);
    }

    [Theory]
    [InlineData("/files/{0}/../../../../etc/passwd")]
    [InlineData("/files/{0}/album/../../../../../etc/passwd")]
    [InlineData("/files/{0}/%2e%2e/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/files/{0}/album/%2e%2e%2fsecret.txt")]
    [InlineData("/files/{0}/album%2f..%2fsecret.txt")]
    [InlineData("/files/{0}/album/..%5csecret.txt")]
    [InlineData("/files/{0}/album/..\\secret.txt")]
    [InlineData("/files/{0}/%252e%252e/secret.txt")]
    [InlineData("/files/{0}//etc/passwd")]
    [InlineData("/files/{0}/%2fetc%2fpasswd")]
    [InlineData("/files/{0}/secret.txt")]
    [InlineData("/files/{0}/album/.hidden")]
    [InlineData("/files/{0}/album/link.txt")]
    [InlineData("/files/{0}/album")]
    [InlineData("/files/{0}/album/")]
    [InlineData("/files/{0}/")]
    [InlineData("/files/{0}")]
    [InlineData("/files/../secret.txt")]
    [InlineData("/files/{0}/album/song.flac%00")]
    [InlineData("/files/{0}/album/song.flac/")]
    [InlineData("/files/{0}/ALBUM/song.flac")]
    [InlineData("/files/0000000000000000000000000000000000000000/album/song.flac")]
    [InlineData("/files/xyz/album/song.flac")]
    public async Task Should_serve_nothing_that_is_not_a_file_of_the_torrent(string target)
    {
        using var outside = new TemporaryFolder();
        File.WriteAllText(outside["outside.txt"], "a secret: root:x");
        await using var node = await TestNode.StartAsync(files =>
        {
            files.Write("album/song.flac", 1000);
            File.WriteAllText(files["album/.hidden"], "a secret: root:x");
            File.WriteAllText(files["secret.txt"], "a secret: root:x");
            File.CreateSymbolicLink(files["album/link.txt"], outside["outside.txt"]);
        });
        var album = await node.PublishedAsync("album");
        await node.PublishedAsync("secret.txt");

        var reply = await RawHttp.GetAsync(node.Address, string.Format(null, target, album.InfoHash));

        Assert.Matches("^HTTP/1.1 40[04] ", reply);
        Assert.DoesNotContain("root:x", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_serve_no_byte_of_a_file_that_changed_under_its_torrent()
    {
        await using var node = await TestNode.StartAsync(files => files.Write("film.mkv", 70_000, 1), "--Publish:Rescan=1d");
        var url = await UrlAsync(node, "film.mkv");
        node.Files.Write("film.mkv", 70_001, 2);

        using var reply = await GetAsync(node, url);

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
    }

    [Theory]
    [InlineData("page.html", "text/html")]
    [InlineData("song.flac", "audio/flac")]
    [InlineData("film.mkv", "video/x-matroska")]
    [InlineData("image.iso", "application/octet-stream")]
    [InlineData("no extension", "application/octet-stream")]
    public async Task Should_name_the_type_and_let_no_published_page_act_as_ours(string name, string type)
    {
        await using var node = await TestNode.StartAsync(files => files.Write(name, 100));
        using var reply = await GetAsync(node, await UrlAsync(node, name));

        Assert.Equal(type, reply.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", reply.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.StartsWith("sandbox;", reply.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_serve_the_padding_of_a_hybrid_to_clients_that_ask_for_it()
    {
        await using var node = await TestNode.StartAsync(
            files =>
            {
                files.Write("album/1.flac", 20_000);
                files.Write("album/2.flac", 1000);
            },
            "--Publish:Version=hybrid", "--Publish:PieceLength=16K");
        var torrent = await node.TorrentAsync((await node.PublishedAsync("album")).InfoHash);
        var padding = torrent.Files.First(file => file.IsPadding);
        var url = $"{torrent.WebSeeds[0]}album/{padding.FullPath}";

        using var part = await GetAsync(node, url, ("Range", "bytes=100-199"));

        Assert.Equal(new byte[32_768 - 20_000], await node.Http.GetByteArrayAsync(url));
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(new byte[100], await part.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Should_take_nothing_but_get_and_head()
    {
        await using var node = await TestNode.StartAsync(files => files.Write("film.mkv", 100));
        using var reply = await node.Http.PutAsync(await UrlAsync(node, "film.mkv"), new ByteArrayContent([]));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, reply.StatusCode);
    }

    [Fact]
    public async Task Should_name_no_web_seed_when_that_is_turned_off()
    {
        await using var node = await TestNode.StartAsync(files => files.Write("film.mkv", 100), "--Publish:WebSeeds=false");

        Assert.Empty((await node.TorrentAsync((await node.PublishedAsync("film.mkv")).InfoHash)).WebSeeds);
    }

    private static async Task<string> UrlAsync(TestNode node, string name) =>
        (await node.TorrentAsync((await node.PublishedAsync(name)).InfoHash)).WebSeeds.Single();

    private static async Task<HttpResponseMessage> GetAsync(TestNode node, string url, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await node.Http.SendAsync(request);
    }
}
