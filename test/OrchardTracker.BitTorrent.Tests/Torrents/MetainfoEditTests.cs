using System.Buffers;
using System.Text;
using static OrchardTracker.BitTorrent.Tests.Bencoded;
using static OrchardTracker.BitTorrent.Tests.TorrentBytes;

namespace OrchardTracker.BitTorrent.Tests;

public sealed class MetainfoEditTests
{
    public static TheoryData<string> Names => [.. Sample.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_change_trackers_and_web_seeds_without_touching_the_identity(string name)
    {
        var original = Metainfo.Parse(Sample.Torrent(name));
        var edit = new MetainfoEdit()
            .SetTrackers([["http://mine.example/announce/key"], [], ["udp://other.example:6969"]])
            .SetWebSeeds(["https://seed.example/f/"])
            .SetHttpSeeds(["http://script.example/seed"])
            .SetNodes([new DhtNode("router.example", 6881)])
            .SetComment("Süß")
            .SetCreatedBy("OrchardTracker")
            .SetCreationDate(DateTimeOffset.FromUnixTimeSeconds(1_234_567_890));

        var read = Metainfo.Parse(original.ToBytes(edit));
        foreach (var edited in (Metainfo[])[read, original.With(edit)])
        {
            Assert.True(edited.InfoBytes.Span.SequenceEqual(original.InfoBytes.Span));
            Assert.Equal(original.TrackerHashes, edited.TrackerHashes);
            Assert.Equal([["http://mine.example/announce/key"], ["udp://other.example:6969"]], edited.AnnounceTiers);
            Assert.Equal(["https://seed.example/f/"], edited.WebSeeds);
            Assert.Equal(["http://script.example/seed"], edited.HttpSeeds);
            Assert.Equal([new DhtNode("router.example", 6881)], edited.Nodes);
            Assert.Equal("Süß", edited.Comment);
            Assert.Equal("OrchardTracker", edited.CreatedBy);
            Assert.Equal(1_234_567_890, edited.CreationDate?.ToUnixTimeSeconds());
            Assert.True(edited.Bytes.Span.SequenceEqual(read.Bytes.Span));
            Assert.Equal(original.Files.Select(file => file.PieceLayer), edited.Files.Select(file => file.PieceLayer), new SameBytes());
        }

        // Canonical: it reads strictly.
        BencodeValue.Parse(read.Bytes);
        var buffer = new ArrayBufferWriter<byte>();
        original.WriteTo(buffer, edit);
        Assert.True(buffer.WrittenSpan.SequenceEqual(read.Bytes.Span));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_give_the_same_bytes_back_where_nothing_is_changed(string name) =>
        Assert.Equal(Sample.Torrent(name), Metainfo.Parse(Sample.Torrent(name)).ToBytes(new MetainfoEdit()));

    [Fact]
    public void Should_keep_keys_it_does_not_know_and_sort_what_was_not()
    {
        var info = Single()[7..^1];
        var torrent = Metainfo.Parse(Dict(("zz", List(Int(1))), ("info", info), ("azureus_properties", Dict(("x", Str("y")))), ("announce", Str("http://a.example/"))));

        Assert.Equal(
            Encoding.Latin1.GetString(Dict(("azureus_properties", Dict(("x", Str("y")))), ("comment", Str("c")), ("info", info), ("zz", List(Int(1))), ("zzz", Int(1)))),
            Encoding.Latin1.GetString(torrent.ToBytes(new MetainfoEdit().SetTrackers([]).SetComment("c").Set("zzz", new BencodeInteger(1)))));
    }

    [Fact]
    public void Should_keep_an_info_dictionary_that_is_not_canonical_as_it_is()
    {
        var info = Dict(("piece length", Int(16_384)), ("name", Str("x")), ("length", Int(1)), ("pieces", Str(Hash)));
        var edited = Metainfo.Parse(Wrap(info)).With(new MetainfoEdit().SetTracker("http://a.example/"));

        Assert.Equal(info, edited.InfoBytes.ToArray());
        Assert.Equal(Wrap(info, ("announce", Str("http://a.example/"))), edited.Bytes.ToArray());
    }

    [Fact]
    public void Should_write_one_tracker_without_a_list_and_remove_what_is_taken_away()
    {
        var full = Metainfo.Parse(Wrap(
            Single()[7..^1],
            ("announce", Str("http://a.example/")), ("announce-list", List(Strs("http://a.example/"), Strs("http://b.example/"))),
            ("comment", Str("c")), ("comment.utf-8", Str("c8")), ("url-list", Str("http://w.example/"))));

        var bare = new MetainfoEdit().SetTracker("http://t.example/").SetWebSeeds([]).SetComment(null);
        Assert.Equal(Wrap(Single()[7..^1], ("announce", Str("http://t.example/"))), full.ToBytes(bare));
        Assert.Equal("new", full.With(new MetainfoEdit().SetComment("new")).Comment);
        Assert.Equal(
            [["http://a.example/", "http://b.example/"]],
            full.With(new MetainfoEdit().SetTrackers([["http://a.example/", "http://b.example/"]])).AnnounceTiers);
    }

    [Fact]
    public void Should_refuse_edits_that_would_make_another_torrent_or_none()
    {
        Assert.Throws<ArgumentException>(() => new MetainfoEdit().Set("info", null));
        Assert.Throws<ArgumentException>(() => new MetainfoEdit().Set("piece layers", null));
        Assert.Throws<ArgumentException>(() => new MetainfoEdit().SetTracker("example.com/announce"));
        Assert.Throws<ArgumentException>(() => new MetainfoEdit().SetWebSeeds(["udp://example.com"]));
    }

    private sealed class SameBytes : IEqualityComparer<ReadOnlyMemory<byte>>
    {
        public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<byte> bytes) => bytes.Length;
    }
}
