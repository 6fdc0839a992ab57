using System.Text;
using static OrchardTracker.BitTorrent.Tests.Bencoded;
using static OrchardTracker.BitTorrent.Tests.TorrentBytes;

namespace OrchardTracker.BitTorrent.Tests;

public sealed class MetainfoTests
{
    private static readonly byte[] Info = [.. Single()[7..^1]];

    [Fact]
    public void Should_take_announce_where_there_is_no_usable_list()
    {
        Assert.Empty(Parse().AnnounceTiers);
        Assert.Equal([["http://a.example/"]], Parse(("announce", Str(" http://a.example/ "))).AnnounceTiers);
        Assert.Equal([["http://a.example/"]], Parse(("announce", Str("http://a.example/")), ("announce-list", List(List(Str("junk"))))).AnnounceTiers);
        Assert.Equal([["udp://b.example:1/"]], Parse(("announce", Str("http://a.example/")), ("announce-list", List(Strs("udp://b.example:1/")))).AnnounceTiers);
        Assert.Equal([["http://b.example/"], ["ws://c.example/"]], Parse(("announce-list", Strs("http://b.example/", "ws://c.example/"))).AnnounceTiers);
    }

    [Fact]
    public void Should_leave_addresses_aside_that_are_none()
    {
        var torrent = Parse(
            ("announce-list", List(Strs("file:///etc/passwd", "javascript:alert(1)", "http://ok.example/", "", "/relative"))),
            ("httpseeds", List(Str("http://h.example/"), Int(1))),
            ("url-list", Str("ftp://w.example/")));

        Assert.Equal([["http://ok.example/"]], torrent.AnnounceTiers);
        Assert.Equal(["http://h.example/"], torrent.HttpSeeds);
        Assert.Equal(["ftp://w.example/"], torrent.WebSeeds);
        Assert.Equal(["The address 'file:///etc/passwd' is not one that is used here; it was left aside."], torrent.Warnings.Select(warning => warning.ToString()));
        Assert.Empty(Parse(("url-list", Str(""))).Warnings);
    }

    [Theory]
    [InlineData("x.example/announce?x\r\nHost: y")]
    [InlineData("x.example/announce?x\ry")]
    [InlineData("x.example/announce?x\ny")]
    [InlineData("x.example/announce?x y")]
    [InlineData("x.example/announcé")]
    [InlineData("xé.example/announce")]
    public void Should_read_a_torrent_and_leave_trackers_aside_that_cannot_be_asked_by_their_address_as_it_is(string rest)
    {
        var torrent = Parse(
            ("announce", Str("http://" + rest)),
            ("announce-list", List(Strs("http://" + rest, "http://ok.example/announce"), Strs("udp://" + rest))),
            ("url-list", Strs("https://w.example/\r\nx", "https://w.example/é x")));

        Assert.Equal([["http://ok.example/announce"]], torrent.AnnounceTiers);
        Assert.Equal(["https://w.example/é x"], torrent.WebSeeds);
        Assert.Single(torrent.Warnings);
        Assert.Throws<ArgumentException>(() => new MetainfoEdit().SetTracker("http://" + rest));
    }

    [Fact]
    public void Should_look_at_a_bounded_number_of_addresses()
    {
        var urls = Enumerable.Range(0, 600).Select(i => $"http://a.example/{i}").ToArray();
        var torrent = Parse(("announce-list", List([.. urls.Select(url => Strs(url))])), ("url-list", Strs(urls)));

        Assert.Equal(500, torrent.AnnounceTiers.Count);
        Assert.Equal(500, torrent.WebSeeds.Count);
        Assert.Equal(["There are more than 500 addresses; the others were left aside."], torrent.Warnings.Select(warning => warning.ToString()));
    }

    [Fact]
    public void Should_read_nodes_dates_and_texts()
    {
        var torrent = Parse(
            ("comment", Str("old")), ("comment.utf-8", Str("neu")), ("created by", Str("tool")), ("creation date", Int(1_700_000_000)),
            ("nodes", List(List(Str("router.example"), Int(6881)), List(Str("::1"), Int(1)), List(Str("x"), Int(0)), Int(1), List(Str("bad host"), Int(1)))),
            ("update-url", Str("http://u.example/")));

        Assert.Equal([new DhtNode("router.example", 6881), new DhtNode("::1", 1)], torrent.Nodes);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), torrent.CreationDate);
        Assert.Equal("neu", torrent.Comment);
        Assert.Equal("tool", torrent.CreatedBy);
        Assert.Equal("http://u.example/", torrent.UpdateUrl);
        Assert.Equal("http://inside.example/", Metainfo.Parse(Single(("update-url", Str("http://inside.example/")))).UpdateUrl);
        Assert.Null(Parse(("creation date", Int(long.MaxValue))).CreationDate);
        Assert.Null(Parse(("creation date", Str("today"))).CreationDate);
        Assert.Null(Parse(("comment", Int(1))).Comment);
    }

    [Fact]
    public void Should_read_files_with_all_their_attributes()
    {
        var torrent = Metainfo.Parse(Multi(
            Dict(("attr", Str("xh?")), ("length", Int(3)), ("path", Strs("run.sh"))),
            Dict(("attr", Str("p")), ("length", Int(5))),
            Dict(("attr", Str("l")), ("path", Strs("link")), ("symlink path", Strs("dir", "target"))),
            Dict(("length", Int(7)), ("path", Strs("_____padding_file_0_if you see this file, please update to BitComet 0.85 or above____")))));

        Assert.Equal(TorrentFileAttributes.Executable | TorrentFileAttributes.Hidden, torrent.Files[0].Attributes);
        Assert.True(torrent.Files[1].IsPadding);
        Assert.Equal(".pad/5", torrent.Files[1].FullPath);
        Assert.Equal(["dir", "target"], torrent.Files[2].LinkTarget);
        Assert.Equal(0, torrent.Files[2].Length);
        Assert.True(torrent.Files[3].IsPadding);
        Assert.Equal(3, torrent.TotalLength);
        Assert.Equal([0, 3, 8, 8], torrent.Files.Select(file => file.Offset));
    }

    [Fact]
    public void Should_prefer_names_that_are_marked_as_utf8()
    {
        Assert.Equal("ü", Metainfo.Parse(Single(("name", Str([0xFC])), ("name.utf-8", Str("ü")))).Name);
        Assert.Equal("a", Metainfo.Parse(Single(("name", Str("a")), ("name.utf-8", Str([0xFC])))).Name);
        Assert.Equal("ü", Metainfo.Parse(Multi(Dict(("length", Int(1)), ("path", List(Str([0xFC]))), ("path.utf-8", Strs("ü"))))).Files[0].FullPath);
    }

    [Fact]
    public void Should_read_other_encodings_by_their_name_and_show_the_bytes_where_there_is_none()
    {
        byte[] russian = [0xCC, 0xE8, 0xF0];

        var named = Metainfo.Parse(Wrap(Single(("name", Str(russian)))[7..^1], ("encoding", Str("windows-1251"))));
        Assert.Equal("Мир", named.Name);
        Assert.Equal(["Names are encoded as windows-1251, not as UTF-8; some clients will show them wrongly."], named.Warnings.Select(warning => warning.ToString()));

        foreach (var encoding in (string[])["UTF-8", "no such thing", "utf-7", ""])
        {
            var unnamed = Metainfo.Parse(Wrap(Single(("name", Str(russian)))[7..^1], ("encoding", Str(encoding))));
            Assert.Equal("%CC%E8%F0", unnamed.Name);
            Assert.Equal(["Some text is not UTF-8; its bytes are shown as %xx."], unnamed.Warnings.Select(warning => warning.ToString()));
        }
    }

    [Fact]
    public void Should_refuse_names_that_become_bad_by_their_encoding()
    {
        // In UTF-16 these bytes are "../x", of which the plain bytes show nothing.
        var bytes = Encoding.Unicode.GetBytes("\uFF0F..").Concat(Encoding.Unicode.GetBytes("/x")).ToArray();
        Assert.False(Metainfo.TryParse(Wrap(Single(("name", Str([.. bytes, 0xFF, 0xD7])))[7..^1], ("encoding", Str("utf-16"))), out _, out var reason));
        Assert.Contains("slash", reason.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_warn_of_what_works_but_not_everywhere()
    {
        Assert.Equal("The name 'what?' cannot be kept on Windows.", Warning(Multi(Entry(1, "what?"))));
        Assert.Equal("The name 'end.' cannot be kept on Windows.", Warning(Multi(Entry(1, "end."))));
        Assert.Equal("The path 'A' differs from another one by upper and lower case only.", Warning(Multi(Entry(1, "a"), Entry(1, "A"))));
        Assert.Equal("The name 'a\uFFFDgpj.exe' contains marks that change the direction of text: it may not end as it seems.", Warning(Multi(Entry(1, "a\u202Egpj.exe"))));
        Assert.Equal("Something follows the end of the torrent: 2 bytes in all.", Warning([.. Single(), .. "\r\n"u8]));
        Assert.Equal(
            "The torrent's 'info' is not in canonical form; a client that writes it anew will know it by another hash.",
            Warning(Wrap(Dict(("piece length", Int(16_384)), ("name", Str("x")), ("length", Int(1)), ("pieces", Str(Hash))))));

        static string Warning(byte[] torrent) => Assert.Single(Metainfo.Parse(torrent).Warnings).ToString();
    }

    [Fact]
    public void Should_tell_private_torrents()
    {
        Assert.False(Parse().IsPrivate);
        Assert.True(Metainfo.Parse(Single(("private", Int(1)))).IsPrivate);
        Assert.False(Metainfo.Parse(Single(("private", Int(0)))).IsPrivate);
        Assert.False(Parse(("private", Int(1))).IsPrivate);
    }

    [Fact]
    public void Should_keep_the_name_for_a_v2_torrent_of_a_folder()
    {
        var folder = Metainfo.Parse(Tree(Dict(("a", Leaf(1)), ("b", Leaf(1)))));
        Assert.False(folder.IsSingleFile);
        Assert.Equal("folder", folder.Name);
        Assert.Equal(["a", "b"], folder.Files.Select(file => file.FullPath));
        Assert.Equal([0, 1 << 20], folder.Files.Select(file => file.Offset));

        Assert.True(Metainfo.Parse(Tree(Dict(("a", Leaf(1))))).IsSingleFile);
        Assert.False(Metainfo.Parse(Tree(Dict(("a", Dict(("b", Leaf(1))))))).IsSingleFile);
    }

    private static Metainfo Parse(params (string Key, byte[] Value)[] outer) => Metainfo.Parse(Wrap(Info, outer));
}
