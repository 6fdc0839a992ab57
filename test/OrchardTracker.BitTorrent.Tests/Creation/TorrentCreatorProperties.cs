using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;

namespace OrchardTracker.BitTorrent.Tests;

public sealed class TorrentCreatorProperties
{
    private const int Block = 16 << 10;

    private static readonly Arbitrary<(int[] Lengths, int PieceLength, MetainfoVersion Version, int Threads)> Folders = Arb.From(
        from lengths in Gen.OneOf(
            Gen.Choose(0, 200_000),
            Gen.Elements(0, 1, Block - 1, Block, Block + 1, 2 * Block, 3 * Block, 4 * Block, (4 * Block) + 1, 8 * Block)).NonEmptyListOf().Resize(12)
        from pieceLength in Gen.Elements(Block, 2 * Block, 4 * Block)
        from version in Gen.Elements(Enum.GetValues<MetainfoVersion>())
        from threads in Gen.Choose(1, 4)
        where lengths.Any(length => length > 0)
        select (lengths.ToArray(), pieceLength, version, threads));

    [Fact]
    public void Should_make_hashes_that_plain_counting_makes() =>
        Prop.ForAll(Folders, folder =>
            {
                var (lengths, pieceLength, version, threads) = folder;
                var files = lengths.Select((length, i) => Sample.Bytes(length, i + 1)).ToArray();
                var sources = files.Select((file, i) => new TorrentSource([$"{i:d4}"], file.Length, _ => ValueTask.FromResult<Stream>(new MemoryStream(file))));
                var torrent = TorrentCreator.CreateFromSourcesAsync(
                    "folder", [.. sources], new TorrentOptions { PieceLength = pieceLength, Version = version, Threads = threads }).GetAwaiter().GetResult();

                return torrent.PieceHashesV1.Span.SequenceEqual(version == MetainfoVersion.V2 ? [] : HashesV1(files, pieceLength, version))
                    && torrent.Files.Where(file => !file.IsPadding).Select((file, i) => version == MetainfoVersion.V1 || files[i].Length == 0
                        ? file.PiecesRoot.IsEmpty
                        : file.PiecesRoot.Span.SequenceEqual(Root(files[i]))).All(same => same)
                    && Enumerable.Range(0, torrent.PieceCount).All(piece => torrent.MatchesPiece(piece, Piece(torrent, piece, files)));
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    private static byte[] Piece(Metainfo torrent, int piece, byte[][] files) =>
        [.. torrent.MapPiece(piece).SelectMany(slice => slice.File.IsPadding
            ? new byte[slice.Length]
            : files[int.Parse(slice.File.FullPath, System.Globalization.CultureInfo.InvariantCulture)].AsSpan((int)slice.Offset, (int)slice.Length).ToArray())];

    // All files in a row; in a hybrid of several, each filled up to whole pieces.
    private static byte[] HashesV1(byte[][] files, int pieceLength, MetainfoVersion version) =>
        [.. files.SelectMany(file => version == MetainfoVersion.Hybrid && files.Length > 1
                ? [.. file, .. new byte[(pieceLength - (file.Length % pieceLength)) % pieceLength]]
                : file)
            .Chunk(pieceLength)
            .SelectMany(SHA1.HashData)];

    // BEP 52 word by word: leaves of 16 KiB, zeros up to a power of two, and then pairs.
    private static byte[] Root(byte[] file)
    {
        var level = file.Chunk(Block).Select(SHA256.HashData).ToList();
        while (!System.Numerics.BitOperations.IsPow2(level.Count))
        {
            level.Add(new byte[32]);
        }

        while (level.Count > 1)
        {
            level = [.. level.Chunk(2).Select(pair => SHA256.HashData([.. pair[0], .. pair[1]]))];
        }

        return level[0];
    }
}
