using System.Buffers;
using System.Numerics;
using System.Security.Cryptography;

namespace OrchardTracker.BitTorrent;

/// <summary>The SHA-256 trees of BEP 52: leaves are hashes of 16 KiB blocks, missing leaves are zero.</summary>
internal static class MerkleTree
{
    public const int HashLength = SHA256.HashSizeInBytes;

    /// <summary>What one leaf stands for, in bytes.</summary>
    public const int BlockLength = 16 << 10;

    private static readonly byte[][] ZeroTrees = MakeZeroTrees();

    /// <summary>Root of a tree of 2^<paramref name="height"/> leaves that are all missing.</summary>
    public static ReadOnlySpan<byte> ZeroTree(int height) => ZeroTrees[height];

    /// <summary>Height of the part of the tree below one piece.</summary>
    public static int PieceHeight(int pieceLength) => BitOperations.Log2((uint)pieceLength / BlockLength);

    /// <summary>
    /// Hash of one piece of a file. A piece that is its whole file has only as many leaves as it needs, rounded up to a
    /// power of two; any other has as many as fit into a piece.
    /// </summary>
    public static void HashPiece(ReadOnlySpan<byte> piece, bool isWholeFile, int pieceLength, Span<byte> destination)
    {
        var blocks = (piece.Length + BlockLength - 1) / BlockLength;
        var height = isWholeFile ? BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)blocks)) : PieceHeight(pieceLength);
        var rented = ArrayPool<byte>.Shared.Rent(blocks * HashLength);
        var hashes = rented.AsSpan(0, blocks * HashLength);
        for (var i = 0; i < blocks; i++)
        {
            var start = i * BlockLength;
            SHA256.HashData(
                piece.Slice(start, Math.Min(BlockLength, piece.Length - start)), hashes[(i * HashLength)..]);
        }

        Reduce(hashes, 0, height, destination);
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Root of a file, from the hashes of its pieces.</summary>
    public static void HashLayer(ReadOnlySpan<byte> layer, int pieceLength, Span<byte> destination)
    {
        var pieces = layer.Length / HashLength;
        var rented = ArrayPool<byte>.Shared.Rent(layer.Length);
        layer.CopyTo(rented);
        var height = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)pieces));
        Reduce(rented.AsSpan(0, layer.Length), PieceHeight(pieceLength), height, destination);
        ArrayPool<byte>.Shared.Return(rented);
    }

    // Works its way up in place. A node without a right neighbour gets the root of a tree without leaves as one.
    private static void Reduce(Span<byte> hashes, int fromHeight, int levels, Span<byte> destination)
    {
        Span<byte> pair = stackalloc byte[2 * HashLength];
        Span<byte> parent = stackalloc byte[HashLength];
        var count = hashes.Length / HashLength;
        for (var level = 0; level < levels; level++)
        {
            var parents = (count + 1) / 2;
            for (var i = 0; i < parents; i++)
            {
                var children = hashes[(2 * i * HashLength)..(Math.Min((2 * i) + 2, count) * HashLength)];
                children.CopyTo(pair);
                if (children.Length == HashLength)
                {
                    ZeroTree(fromHeight + level).CopyTo(pair[HashLength..]);
                }

                SHA256.HashData(pair, parent);
                parent.CopyTo(hashes[(i * HashLength)..]);
            }

            count = parents;
        }

        hashes[..HashLength].CopyTo(destination);
    }

    private static byte[][] MakeZeroTrees()
    {
        // 2^49 blocks are more bytes than a 64-bit length can say.
        var trees = new byte[50][];
        trees[0] = new byte[HashLength];
        for (var i = 1; i < trees.Length; i++)
        {
            trees[i] = SHA256.HashData([.. trees[i - 1], .. trees[i - 1]]);
        }

        return trees;
    }
}
