using System.Net;
using System.Text.RegularExpressions;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Node.Tests.Web;

public sealed partial class PageTests
{
    [Fact]
    public async Task Should_list_each_torrent_with_size_counts_torrent_file_and_magnet_link()
    {
        await using var node = await TestNode.StartAsync(files => files.Write("film.mkv", 1_572_864));
        var published = await node.PublishedAsync("film.mkv");
        await node.AnnounceAsync(published.InfoHash);

        var page = await node.Http.GetStringAsync("/");

        Assert.Contains("<bdi>film.mkv</bdi>", page, StringComparison.Ordinal);
        Assert.Contains("data-label=\"Size\">1.5 MiB<", page, StringComparison.Ordinal);
        Assert.Contains("data-label=\"Seeders\">1<", page, StringComparison.Ordinal);
        Assert.Contains("data-label=\"Leechers\">0<", page, StringComparison.Ordinal);
        Assert.Contains("data-label=\"Downloads\">0<", page, StringComparison.Ordinal);
        var links = Links(page);
        var torrent = Metainfo.Parse(await node.Http.GetByteArrayAsync(links.Single(link => link.EndsWith(".torrent", StringComparison.Ordinal))));
        var magnet = MagnetLink.Parse(links.Single(link => link.StartsWith("magnet:", StringComparison.Ordinal)));
        Assert.Equal(published.InfoHash, torrent.InfoHashV1);
        Assert.Equal(MagnetLink.For(torrent), magnet);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_tell_where_to_announce(bool hasUdp)
    {
        await using var node = await TestNode.StartAsync($"--Tracker:Udp:Enabled={hasUdp}");

        var page = await node.Http.GetStringAsync("/");

        Assert.Contains($"<code>http://{node.Address.Authority}/announce</code>", page, StringComparison.Ordinal);
        Assert.Equal(hasUdp, page.Contains($"<code>udp://{node.Address.Authority}/announce</code>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_count_a_completed_download()
    {
        await using var node = await TestNode.StartAsync(files => files.Write("film.mkv", 100));
        var published = await node.PublishedAsync("film.mkv");
        await node.AnnounceAsync(published.InfoHash, "&left=100&event=started");
        await node.AnnounceAsync(published.InfoHash, "&left=0&event=completed");

        Assert.Contains("data-label=\"Downloads\">1<", await node.Http.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_show_names_as_text()
    {
        const string Name = "<img src=x onerror=alert(1)>&amp;\"'.bin";
        await using var node = await TestNode.StartAsync(files => files.Write(Name, 100), "--Publish:Title=<b>Mine</b>");
        await node.PublishedAsync(Name);

        var page = await node.Http.GetStringAsync("/?q=" + Uri.EscapeDataString("<img src=x"));

        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Mine", page, StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlDecode("&lt;img src=x onerror=alert(1)&gt;"), WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_need_no_script_and_allow_none()
    {
        await using var node = await TestNode.StartAsync(files => files.Write("film.mkv", 100));
        await node.PublishedAsync("film.mkv");
        using var reply = await node.Http.GetAsync("/");
        var page = await reply.Content.ReadAsStringAsync();

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("default-src 'none'", reply.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        foreach (var asset in StyleLinks().Matches(page).Select(match => match.Groups[1].Value))
        {
            using var style = await node.Http.GetAsync("/" + asset);
            Assert.Equal(HttpStatusCode.OK, style.StatusCode);
            Assert.Contains("immutable", style.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Should_find_torrents_by_a_part_of_their_name()
    {
        await using var node = await TestNode.StartAsync(files =>
        {
            files.Write("Red Apple.bin", 100);
            files.Write("green pear.bin", 100);
        });
        await node.PublishedAsync("Red Apple.bin");
        await node.PublishedAsync("green pear.bin");

        Assert.Equal(["Red Apple.bin"], Names(await node.Http.GetStringAsync("/?q=APPLE")));
        Assert.Contains("No torrent's name contains", await node.Http.GetStringAsync("/?q=plum"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "a b c")]
    [InlineData("?sort=size", "c b a")]
    [InlineData("?sort=seeders", "b a c")]
    [InlineData("?sort=nonsense", "a b c")]
    public async Task Should_sort_as_asked(string query, string expected)
    {
        await using var node = await TestNode.StartAsync(files =>
        {
            files.Write("a", 100);
            files.Write("b", 200);
            files.Write("c", 300);
        });
        await node.PublishedAsync("a");
        await node.PublishedAsync("c");
        await node.AnnounceAsync((await node.PublishedAsync("b")).InfoHash);

        Assert.Equal(expected, string.Join(' ', Names(await node.Http.GetStringAsync("/" + query))));
    }

    [Fact]
    public async Task Should_put_many_torrents_on_several_pages()
    {
        await using var node = await TestNode.StartAsync(files =>
        {
            for (var i = 0; i < 205; i++)
            {
                files.Write($"file {i:000}", 10, i);
            }
        });
        await Eventually.IsTrueAsync(() => node.Publisher.Torrents.Count == 205, () => "all are published");

        var (first, last, beyond) = (await node.Http.GetStringAsync("/"), await node.Http.GetStringAsync("/?page=3"), await node.Http.GetStringAsync("/?page=999"));

        Assert.Equal(100, Names(first).Length);
        Assert.Equal("file 000", Names(first)[0]);
        Assert.Contains("rel=\"next\" href=\"?page=2\"", first, StringComparison.Ordinal);
        Assert.Equal(["file 200", "file 201", "file 202", "file 203", "file 204"], Names(last));
        Assert.Equal(Names(last), Names(beyond));
    }

    [Fact]
    public async Task Should_say_why_something_is_not_published()
    {
        await using var node = await TestNode.StartAsync(files => files.Write("con", 100));
        await Eventually.IsTrueAsync(() => node.Publisher.Queue.Jobs.Count > 0 && node.Publisher.Queue.Jobs[0].Job.IsFinished, () => "it has failed");

        Assert.Contains("The name 'con' is reserved for a device on Windows.", WebUtility.HtmlDecode(await node.Http.GetStringAsync("/")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_what_to_do_while_the_folder_is_empty()
    {
        await using var node = await TestNode.StartAsync();

        Assert.Contains("Nothing is published yet.", await node.Http.GetStringAsync("/"), StringComparison.Ordinal);
    }

    private static string[] Links(string page) => [.. Hrefs().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];

    private static string[] Names(string page) => [.. RowNames().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];

    [GeneratedRegex("<a class=\"button[^\"]*\" href=\"([^\"]+)\"")]
    private static partial Regex Hrefs();

    [GeneratedRegex("<th scope=\"row\"><bdi>([^<]*)</bdi>")]
    private static partial Regex RowNames();

    [GeneratedRegex("<link[^>]* href=\"([^\"]+)\"")]
    private static partial Regex StyleLinks();
}
