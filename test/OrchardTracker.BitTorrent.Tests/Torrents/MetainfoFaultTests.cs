using System.Text;
using static OrchardTracker.BitTorrent.Tests.Bencoded;
using static OrchardTracker.BitTorrent.Tests.TorrentBytes;

namespace OrchardTracker.BitTorrent.Tests;

public sealed class MetainfoFaultTests
{
    [Fact]
    public void Should_say_what_is_wrong_with_bytes_that_are_no_torrent()
    {
        Fails("This is not a torrent, or a damaged one. At byte 0: expected a value, found the end of the data.", []);
        Fails("This is not a torrent, or a damaged one. At byte 0: expected a value ('i', 'l', 'd' or a digit), found '<'.", [.. "<html>"u8]);
        Fails("This is not a torrent: it is not a bencoded dictionary.", Strs("info"));
        Fails("This is not a torrent: it has no 'info' dictionary.", Dict(("announce", Str("http://a/"))));
        Fails("This is not a torrent: it has no 'info' dictionary.", Dict(("info", Str("x"))));
    }

    [Fact]
    public void Should_say_where_a_truncated_torrent_ends()
    {
        var whole = Single();

        Fails("This is not a torrent, or a damaged one. At byte 67: expected a string of 20 bytes, found 13 bytes to the end.", whole[..^9]);
        Fails($"This is not a torrent, or a damaged one. At byte {whole.Length - 1}: expected a value, found the end of the data.", whole[..^1]);
    }

    [Fact]
    public void Should_refuse_what_is_too_large_or_too_deep()
    {
        var small = new MetainfoLimits { MaxBytes = 50 };
        Assert.False(Metainfo.TryParse(Single(), out _, out var reason, small));
        Assert.Equal($"The torrent is {Single().Length} bytes long; 50 are allowed.", reason.ToString());

        var deep = Encoding.ASCII.GetBytes("d4:info" + new string('l', 100_000));
        Fails("This is not a torrent, or a damaged one. At byte 64: expected at most 58 levels of lists and dictionaries, found more.", deep);

        Assert.False(Metainfo.TryParse(Multi(Entry(1, "a"), Entry(1, "b")), out _, out reason, new MetainfoLimits { MaxFiles = 1 }));
        Assert.Equal("The torrent has more than 1 files.", reason.ToString());
        Assert.False(Metainfo.TryParse(Tree(Dict(("a", Leaf(1)), ("b", Leaf(1)))), out _, out reason, new MetainfoLimits { MaxFiles = 1 }));
        Assert.Equal("The torrent has more than 1 files.", reason.ToString());

        Fails("The torrent has more than 1000 keys around 'info'.", Dict([.. Enumerable.Range(0, 1_001).Select(i => ($"{i:d4}", Int(1)))]));
        Fails("A path has more than 50 folders.", Multi(Entry(1, [.. Enumerable.Repeat("a", 51)])));
        Fails("The path of 'end' is 2560 bytes long; 2048 are allowed.", Multi(Entry(1, [.. Enumerable.Repeat(new string('a', 254), 10).Prepend("end").Reverse()])));
        Assert.False(Metainfo.TryParse(Multi(Entry(1, "a"), Entry(1, "b")), out _, out reason, new MetainfoLimits { MaxTotalPathBytes = 10 }));
        Assert.Equal("The paths of all files are longer than 10 bytes.", reason.ToString());
    }

    /// <summary>Each file lies below folders of its own, as deep as may be.</summary>
    [Fact]
    public void Should_take_a_small_multiple_of_what_a_hostile_torrent_is_long()
    {
        var torrent = Multi([.. Enumerable.Range(0, 5_000).Select(i => Entry(1, [$"{i:d4}", .. Enumerable.Repeat("a", 49)]))]);
        Metainfo.Parse(torrent);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Metainfo.Parse(torrent);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 * torrent.Length);
    }

    [Fact]
    public void Should_refuse_the_old_merkle_torrents_by_name()
    {
        Fails(
            "This is an old Merkle torrent (BEP 30), which clients no longer read. Make it again as v2 or hybrid (BEP 52): these have what Merkle torrents were for.",
            Single(("pieces", null), ("root hash", Str(Hash))));
    }

    [Theory]
    [InlineData("", "A file or folder has an empty name.")]
    [InlineData(".", "The name '.' leads out of its folder.")]
    [InlineData("..", "The name '..' leads out of its folder.")]
    [InlineData(".. ", "The name '.. ' leads out of its folder.")]
    [InlineData(" ", "The name ' ' leads out of its folder.")]
    [InlineData("...", "The name '...' leads out of its folder.")]
    [InlineData("/etc", "The name '/etc' contains a slash or a backslash.")]
    [InlineData("a/b", "The name 'a/b' contains a slash or a backslash.")]
    [InlineData("a\\..\\b", "The name 'a\\..\\b' contains a slash or a backslash.")]
    [InlineData("C:", "The name 'C:' begins with a drive letter.")]
    [InlineData("c:evil", "The name 'c:evil' begins with a drive letter.")]
    [InlineData("a\0b", "The name 'a\uFFFDb' contains a control character.")]
    [InlineData("a\nb", "The name 'a\uFFFDb' contains a control character.")]
    [InlineData("CON", "The name 'CON' is reserved for a device on Windows.")]
    [InlineData("nul.tar.gz", "The name 'nul.tar.gz' is reserved for a device on Windows.")]
    [InlineData("Aux .txt", "The name 'Aux .txt' is reserved for a device on Windows.")]
    [InlineData("COM1", "The name 'COM1' is reserved for a device on Windows.")]
    [InlineData("lpt³.x", "The name 'lpt³.x' is reserved for a device on Windows.")]
    [InlineData("CONOUT$", "The name 'CONOUT$' is reserved for a device on Windows.")]
    public void Should_refuse_names_that_are_not_one_file_in_one_place(string name, string message)
    {
        Fails(message, Single(("name", Str(name))));
        Fails(message, MultiNamed(name, Entry(1, "a")));
        Fails(message, Multi(Entry(1, name, "a")));
        Fails(message, Multi(Entry(1, "a", name)));
        Fails(message, Multi(Dict(("attr", Str("l")), ("path", Strs("a")), ("symlink path", Strs("a", name)))));
        if (name.Length > 0)
        {
            Fails(message, Tree(Dict((name, Leaf(1)))));
            Fails(message, Tree(Dict(("a", Dict((name, Leaf(1)))))));
        }
    }

    [Theory]
    [InlineData("console.txt")]
    [InlineData("com.txt")]
    [InlineData("COM10")]
    [InlineData("..a")]
    [InlineData(".hidden")]
    [InlineData("a..")]
    [InlineData("日本語 – ελληνικά.mkv")]
    public void Should_accept_names_that_only_look_odd(string name) =>
        Assert.Equal(name, Metainfo.Parse(Single(("name", Str(name)))).Files[0].FullPath);

    [Fact]
    public void Should_refuse_overlong_names()
    {
        Assert.Equal(255, Metainfo.Parse(Single(("name", Str(new string('a', 255))))).Name.Length);
        Fails($"The name '{new string('é', 60)}…' is 256 bytes long; 255 are allowed.", Single(("name", Str(new string('é', 128)))));
        Fails("A name is 3000 bytes long; 255 are allowed.", Single(("name", Str(new string('a', 3_000)))));
    }

    [Fact]
    public void Should_refuse_a_v1_torrent_whose_parts_do_not_fit()
    {
        Fails("The torrent has no 'name'.", Single(("name", null)));
        Fails("The key 'name' must be a string.", Single(("name", Int(1))));
        Fails("The torrent has no 'piece length'.", Single(("piece length", null)));
        Fails("The key 'piece length' must be an integer.", Single(("piece length", Str("x"))));
        Fails("The piece length is 0 bytes; it must be between 1 and 268435456.", Single(("piece length", Int(0))));
        Fails("The piece length is -1 bytes; it must be between 1 and 268435456.", Single(("piece length", Int(-1))));
        Fails($"The piece length is {long.MaxValue} bytes; it must be between 1 and 268435456.", Single(("piece length", Int(long.MaxValue))));
        Fails("The torrent has no 'pieces': the hashes of its data are missing.", Single(("pieces", null)));
        Fails("The key 'pieces' must be a string.", Single(("pieces", Int(1))));
        Fails("The torrent has 1 pieces, but 'pieces' is 0 bytes long instead of 20.", Single(("pieces", Str(""))));
        Fails("The torrent has 1 pieces, but 'pieces' is 19 bytes long instead of 20.", Single(("pieces", Str(Hash[1..]))));
        Fails("The torrent has 1 pieces, but 'pieces' is 40 bytes long instead of 20.", Single(("pieces", Str([.. Hash, .. Hash]))));
        Fails("The torrent says neither 'length' nor 'files': its v1 part names no file.", Single(("length", null)));
        Fails("The torrent says both 'length' and 'files': it cannot be one file and several.", Single(("files", List(Entry(1, "a")))));
        Fails("The length of a file must be an integer that is not negative.", Single(("length", Int(-1))));
        Fails("The torrent holds no data: all of its files are empty.", Single(("length", Int(0)), ("pieces", Str(""))));
        Fails("The files of the torrent are longer than any disk.", Single(("length", Int(long.MaxValue))));
        Fails("The key 'files' must be a list.", Single(("length", null), ("files", Int(1))));
        Fails("The torrent holds no data: all of its files are empty.", Multi());
        Fails("Each entry of 'files' must be a dictionary.", Multi(Int(1)));
        Fails("A file of the torrent has no length.", Multi(Dict(("path", Strs("a")))));
        Fails("A file of the torrent has no path.", Multi(Dict(("length", Int(1)))));
        Fails("A file of the torrent has no path.", Multi(Dict(("length", Int(1)), ("path", List()))));
        Fails("The path of a file must be a list of names.", Multi(Dict(("length", Int(1)), ("path", Str("a")))));
        Fails("The path of a file must be a list of names.", Multi(Dict(("length", Int(1)), ("path", List(Int(1))))));
        Fails("The length of a file must be an integer that is not negative.", Multi(Entry(-5, "a")));
        Fails("The files of the torrent are longer than any disk.", Multi(Entry(long.MaxValue / 4, "a"), Entry(long.MaxValue / 4, "b")));
    }

    [Fact]
    public void Should_refuse_files_in_the_same_place()
    {
        Fails("Two files have the same path 'a/b'.", Multi(Entry(1, "a", "b"), Entry(2, "a", "b")));
        Fails("'a' is a file and a folder at once.", Multi(Entry(1, "a", "b"), Entry(2, "a")));
        Fails("'a/b' is a file and a folder at once.", Multi(Entry(1, "a", "b"), Entry(2, "a", "b", "c")));
        Fails("'a' is a file and a folder at once.", Multi(Entry(1, "A"), Entry(2, "a"), Entry(3, "a", "b")));
        Fails("Two files have the same path 'a'.", Multi(Entry(1, "A"), Entry(2, "a"), Entry(3, "a")));
        Fails("'a' is a file and a folder at once.", Tree(Dict(("a", Dict(("", Dict(("length", Int(0)))), ("b", Leaf(1)))))));
        Fails("Two files have the same path 'a'.", Tree(Dict(("a", Dict(("", Dict(("length", Int(0)))), ("", Dict(("length", Int(0)))))))));
        Fails("Two files have the same path 'a'.", Tree(Dict(("a", Leaf(1)), ("b", Leaf(1)), ("a", Leaf(1)))));
    }

    [Fact]
    public void Should_refuse_doubled_keys_because_clients_differ_in_which_they_take()
    {
        Fails("The key 'info' stands twice.", Dict(("info", Int(1)), ("info", Int(1))));
        Fails("The key 'length' stands twice.", Wrap(Dict(("length", Int(1)), ("length", Int(2)))));
    }

    [Fact]
    public void Should_refuse_a_v2_torrent_whose_parts_do_not_fit()
    {
        var tree = Dict(("a", Leaf(100)));
        Fails("The torrent is of version 3; 1 and 2 are known.", Tree(tree, ("meta version", Int(3))));
        Fails("The torrent is of version 0; 1 and 2 are known.", Tree(tree, ("meta version", Int(0))));
        Fails("The torrent says that it is v2, but has no 'file tree'.", Tree(tree, ("file tree", null)));
        Fails("The torrent has a 'file tree', but does not say that it is v2 ('meta version').", Tree(tree, ("meta version", null)));
        Fails("The key 'file tree' must be a dictionary.", Tree(List()));
        Fails("The torrent has no 'pieces': the hashes of its data are missing.", Tree(tree, ("length", Int(100))));
        Fails("The piece length is 20000 bytes; in a v2 torrent it must be a power of two and at least 16384.", Tree(tree, ("piece length", Int(20_000))));
        Fails("The piece length is 8192 bytes; in a v2 torrent it must be a power of two and at least 16384.", Tree(tree, ("piece length", Int(8_192))));
        Fails("The torrent holds no data: all of its files are empty.", Tree(Dict()));
        Fails("The torrent holds no data: all of its files are empty.", Tree(Dict(("a", Leaf(0)))));
        Fails("The 'file tree' itself cannot be a file.", Tree(Leaf(100)));
        Fails("'a' in the 'file tree' must be a dictionary.", Tree(Dict(("a", Int(1)))));
        Fails("The properties of 'a' must be a dictionary.", Tree(Dict(("a", Dict(("", Int(1)))))));
        Fails("'a' has no length.", Tree(Dict(("a", Dict(("", Dict()))))));
        Fails("'a' has no 'pieces root'.", Tree(Dict(("a", Dict(("", Dict(("length", Int(1)))))))));
        Fails("'a' has no 'pieces root'.", Tree(Dict(("a", Dict(("", Dict(("length", Int(1)), ("pieces root", Str(new byte[32])))))))));
        Fails("The 'pieces root' of a file must be 32 bytes long.", Tree(Dict(("a", Dict(("", Dict(("length", Int(1)), ("pieces root", Str("short")))))))));
        Fails("'a' is padding: a 'file tree' has none.", Tree(Dict(("a", Dict(("", Dict(("attr", Str("p")), ("length", Int(1)), ("pieces root", Str(new byte[32])))))))));
        Fails("A path has more than 50 folders.", Tree(Enumerable.Range(0, 51).Aggregate(Leaf(1), (inner, _) => Dict(("a", inner)))));
    }

    [Fact]
    public void Should_hold_the_piece_layers_against_their_roots()
    {
        var torrent = Sample.Torrent("libtorrent-folder-v2.torrent");
        var layers = ((BencodeDictionary)((BencodeDictionary)BencodeValue.Parse(torrent))["piece layers"]!).Entries;
        var good = ((BencodeString)layers[0].Value).Bytes.ToArray();

        byte[] With(byte[] layer) => ((BencodeDictionary)BencodeValue.Parse(torrent)) switch
        {
            var outer => new BencodeDictionary(outer.Entries.Select(entry => entry.Key.Span.SequenceEqual("piece layers"u8)
                ? KeyValuePair.Create<ReadOnlyMemory<byte>, BencodeValue>(entry.Key, new BencodeDictionary(
                    [KeyValuePair.Create<ReadOnlyMemory<byte>, BencodeValue>(layers[0].Key, new BencodeString(layer)), .. layers.Skip(1)]))
                : entry)).ToArray(),
        };

        Assert.Equal(torrent, With(good));
        var name = Metainfo.Parse(torrent).Files.First(file => file.PiecesRoot.Span.SequenceEqual(layers[0].Key.Span)).FullPath;
        Fails($"The piece hashes of '{name}' do not belong to its root.", With([.. good[..^1], (byte)(good[^1] ^ 1)]));
        Fails($"'{name}' has {good.Length / 32} pieces, but its piece hashes are {good.Length + 32} bytes long.", With([.. good, .. new byte[32]]));
        Fails($"'{name}' has {good.Length / 32} pieces, but its piece hashes are {good.Length - 1} bytes long.", With(good[1..]));
    }

    [Fact]
    public void Should_refuse_v2_torrents_without_their_piece_layers()
    {
        var large = Tree(Dict(("a", Leaf((1 << 20) + 1))));

        Fails("The piece hashes of 'a' are missing from 'piece layers'.", large);
        Fails("The key 'piece layers' must be a dictionary.", [.. large[..^1], .. Str("piece layers"), .. List(), (byte)'e']);
        Fails("Each of the 'piece layers' must be a string under a root of 32 bytes.", [.. large[..^1], .. Str("piece layers"), .. Dict(("short", Str(""))), (byte)'e']);
        Assert.Equal(1, Metainfo.Parse(Tree(Dict(("a", Leaf(1 << 20))))).PieceCount);
    }

    [Fact]
    public void Should_refuse_hybrids_whose_views_disagree()
    {
        static byte[] Hybrid(byte[] files, byte[] tree, int pieces) => Tree(
            tree, ("files", files), ("pieces", Str([.. Enumerable.Range(0, pieces).SelectMany(_ => Hash)])), ("piece length", Int(16_384)));
        static byte[] Pad(int length) => Dict(("attr", Str("p")), ("length", Int(length)), ("path", Strs(".pad", $"{length}")));
        var tree = Dict(("a", Leaf(10)), ("b", Leaf(20)));

        Assert.Equal(MetainfoVersion.Hybrid, Metainfo.Parse(Hybrid(List(Entry(10, "a"), Pad(16_374), Entry(20, "b")), tree, 2)).Version);
        Assert.Equal(MetainfoVersion.Hybrid, Metainfo.Parse(Hybrid(List(Entry(10, "a"), Pad(16_374), Entry(20, "b"), Pad(16_364)), tree, 2)).Version);
        const string Disagree = "The v1 and the v2 part of the torrent disagree: ";
        Fails(Disagree + "'b' does not begin with a piece in v1.", Hybrid(List(Entry(10, "a"), Entry(20, "b")), tree, 1));
        Fails(Disagree + "only v2 has 'b'.", Hybrid(List(Entry(10, "a")), tree, 1));
        Fails(Disagree + "only v1 has 'c'.", Hybrid(List(Entry(10, "a"), Pad(16_374), Entry(20, "b"), Entry(1, "c")), tree, 2));
        Fails(Disagree + "'b' has 21 bytes in v1 and 20 in v2.", Hybrid(List(Entry(10, "a"), Pad(16_374), Entry(21, "b")), tree, 2));
        Fails(Disagree + "v1 has 'b' where v2 has 'a'.", Hybrid(List(Entry(20, "b"), Pad(16_364), Entry(10, "a")), tree, 2));
        Fails(Disagree + "v1 has more padding than it needs.", Hybrid(List(Entry(10, "a"), Pad(16_374 + 16_384), Entry(20, "b")), tree, 3));
        Fails("The torrent says neither 'length' nor 'files': its v1 part names no file.", Tree(tree, ("pieces", Str(Hash))));
    }

    [Fact]
    public void Should_keep_the_template_apart_so_that_messages_can_be_translated()
    {
        Assert.False(Metainfo.TryParse(Multi(Entry(1, "a/b")), out var torrent, out var reason));

        Assert.Null(torrent);
        Assert.Equal("The name '{0}' contains a slash or a backslash.", reason.Template);
        Assert.Equal(["a/b"], reason.Arguments);
    }

    private static void Fails(string message, byte[] torrent) =>
        Assert.Equal(message, Assert.Throws<MetainfoException>(() => Metainfo.Parse(torrent)).Message);
}
