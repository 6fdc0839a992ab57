using FsCheck;
using FsCheck.Fluent;
using static OrchardTracker.BitTorrent.Tests.Bencoded;

namespace OrchardTracker.BitTorrent.Tests;

public sealed class MetainfoProperties
{
    private static readonly byte[][] Samples = [.. Sample.Names.Select(Sample.Torrent)];

    // Real torrents with a few bytes changed, left out, doubled or put in: most still are bencode, so that faults are found deep inside.
    private static readonly Arbitrary<byte[]> Mutated = Arb.From(
        from sample in Gen.Elements(Samples)
        from edits in (
            from position in Gen.Choose(0, sample.Length - 1)
            from kind in Gen.Choose(0, 4)
            from value in Gen.OneOf(Gen.Choose(0, 255), Gen.Elements("0123456789:dlie-./".Select(c => (int)c).ToArray()))
            from length in Gen.Choose(1, 40)
            select (position, kind, value: (byte)value, length)).NonEmptyListOf().Resize(4)
        select edits.Aggregate(sample, (bytes, edit) => Mutate(bytes, edit.position, edit.kind, edit.value, edit.length)));

    private static readonly Arbitrary<(string[][] Paths, int[] Lengths, string Name)> Trees = Arb.From(
        from count in Gen.Choose(1, 12)
        from paths in Gen.Elements("a", "b", "ä", "日", "x y", "readme.txt", "long name with many words").ArrayOf(3).ArrayOf(count)
        from lengths in Gen.OneOf(Gen.Constant(0), Gen.Choose(1, 100_000)).ArrayOf(count)
        from name in Gen.Elements("folder", "ordner ö", "f.d")
        select (paths.Select((path, i) => (string[])[.. path, $"{i}"]).ToArray(), lengths, name));

    [Fact]
    public void Should_throw_nothing_but_the_stated_error_on_mutated_torrents() => ReadMutated(times: 5_000);

    [Fact(Explicit = true)]
    public void Should_throw_nothing_but_the_stated_error_on_mutated_torrents_for_long() => ReadMutated(times: 500_000);

    [Fact]
    public void Should_throw_nothing_but_the_stated_error_on_noise() =>
        Prop.ForAll(BencodeArbitrary.Noise, noise => !Metainfo.TryParse(noise, out _, out _))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Should_throw_nothing_but_the_stated_error_on_random_values_in_place_of_the_info() =>
        Prop.ForAll(BencodeArbitrary.Values, value =>
            {
                Metainfo.TryParse(Dict(("info", value.ToArray())), out _, out _);
                Metainfo.TryParse(Dict(("announce-list", value.ToArray()), ("info", Samples[0]), ("nodes", value.ToArray()), ("url-list", value.ToArray())), out _, out _);
                return true;
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Should_read_back_the_files_that_were_written() =>
        Prop.ForAll(Trees, tree =>
            {
                var (paths, lengths, name) = tree;
                var total = lengths.Sum(length => (long)length);
                var pieces = (int)((total + 16_383) / 16_384);
                var info = Dict(
                    ("files", List([.. paths.Select((path, i) => TorrentBytes.Entry(lengths[i], path))])), ("name", Str(name)),
                    ("piece length", Int(16_384)), ("pieces", Str(new byte[20 * pieces])), ("unknown", Str("kept")));
                var bytes = Dict(("info", info), ("unknown", Str("kept")));
                if (!Metainfo.TryParse(bytes, out var torrent, out _))
                {
                    return total == 0;
                }

                return torrent.Name == name
                    && torrent.TotalLength == total
                    && torrent.InfoBytes.Span.SequenceEqual(info)
                    && torrent.ToBytes(new MetainfoEdit()).AsSpan().SequenceEqual(bytes)
                    && torrent.Files.Select(file => file.FullPath).SequenceEqual(paths.Select(path => string.Join('/', path)))
                    && torrent.Files.Select(file => file.Length).SequenceEqual(lengths.Select(length => (long)length))
                    && Enumerable.Range(0, pieces).SelectMany(torrent.MapPiece).Sum(slice => slice.Length) == total;
            })
            .QuickCheckThrowOnFailure();

    private static void ReadMutated(int times)
    {
        var accepted = 0;
        Prop.ForAll(Mutated, bytes =>
            {
                if (!Metainfo.TryParse(bytes, out var torrent, out var reason))
                {
                    return reason.ToString().Length > 0;
                }

                // What is accepted can be used: no later step stumbles over it.
                accepted++;
                for (var i = 0; i < Math.Min(torrent.PieceCount, 50); i++)
                {
                    var slices = torrent.MapPiece(i);
                    torrent.MatchesPiece(i, new byte[torrent.GetPieceLength(i)]);
                    if (slices.Sum(slice => slice.Length) != torrent.GetPieceLength(i))
                    {
                        return false;
                    }
                }

                var edited = Metainfo.Parse(torrent.ToBytes(new MetainfoEdit().SetComment("x")));
                return edited.InfoBytes.Span.SequenceEqual(torrent.InfoBytes.Span)
                    && torrent.Files.All(file => file.Path.All(segment => segment is not ("" or "." or "..") && !segment.Contains('/')));
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(times));
        Assert.NotEqual(0, accepted);
    }

    private static byte[] Mutate(byte[] bytes, int position, int kind, byte value, int length)
    {
        position = Math.Min(position, bytes.Length - 1);
        var end = Math.Min(bytes.Length, position + length);
        return kind switch
        {
            _ when bytes.Length < 2 => [value],
            0 => [.. bytes[..position], value, .. bytes[(position + 1)..]],
            1 => [.. bytes[..position], .. bytes[end..]],
            2 => [.. bytes[..end], .. bytes[position..]],
            3 => [.. bytes[..position], value, .. bytes[position..]],
            _ => bytes[..position],
        };
    }
}
