using System.Security.Cryptography;

namespace OrchardTracker.BitTorrent;

/// <content>Where pieces lie, and whether bytes are the ones of a piece.</content>
public sealed partial class Metainfo
{
    /// <summary>
    /// Length of one piece in bytes: the piece length, or less at the end. In a torrent that is v2 only each file has an
    /// end; in a hybrid the padding behind a file is counted in, as v1 clients do.
    /// </summary>
    public int GetPieceLength(int index) =>
        Version == MetainfoVersion.V2
            ? GetPieceLengthInFile(index)
            : (int)Math.Min(PieceLength, Files[^1].Offset + Files[^1].Length - GetPieceOffset(index));

    /// <summary>The slices of files that one piece is made of, in order; padding included where it is part of it.</summary>
    public IReadOnlyList<FileSlice> MapPiece(int index) => MapRange(GetPieceOffset(index), GetPieceLength(index));

    /// <summary>The slices of files that some bytes are made of, counted as <see cref="TorrentFile.Offset"/> counts.</summary>
    public IReadOnlyList<FileSlice> MapRange(long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        length = Math.Min(length, long.MaxValue - offset);
        var slices = new List<FileSlice>();
        for (var i = FindFile(offset); i < Files.Count && Files[i].Offset - offset < length; i++)
        {
            var file = Files[i];
            var start = Math.Max(0, offset - file.Offset);
            var end = Math.Min(file.Length, offset - file.Offset + length);
            if (end > start)
            {
                slices.Add(new FileSlice(file, start, end - start));
            }
        }

        return slices;
    }

    /// <summary>
    /// Whether the data is that of a piece, by every hash the torrent has for it. Of a hybrid the last piece of a file
    /// may come with its padding or, as v2 clients hold it, without.
    /// </summary>
    public bool MatchesPiece(int index, ReadOnlySpan<byte> data)
    {
        var padded = GetPieceLength(index);
        if (Version == MetainfoVersion.V1)
        {
            return data.Length == padded && MatchesV1(index, data, 0);
        }

        var bare = GetPieceLengthInFile(index);
        if (data.Length != padded && data.Length != bare)
        {
            return false;
        }

        return (Version == MetainfoVersion.V2 || MatchesV1(index, data, padded - data.Length)) && MatchesV2(index, data[..bare]);
    }

    private bool MatchesV1(int index, ReadOnlySpan<byte> data, int padding)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        if (padding == 0)
        {
            SHA1.HashData(data, hash);
        }
        else
        {
            using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
            sha1.AppendData(data);
            Span<byte> zeros = stackalloc byte[1_024];
            zeros.Clear();
            for (; padding > 0; padding -= Math.Min(padding, zeros.Length))
            {
                sha1.AppendData(zeros[..Math.Min(padding, zeros.Length)]);
            }

            sha1.GetHashAndReset(hash);
        }

        return hash.SequenceEqual(PieceHashesV1.Span.Slice(index * SHA1.HashSizeInBytes, SHA1.HashSizeInBytes));
    }

    private bool MatchesV2(int index, ReadOnlySpan<byte> data)
    {
        var offset = GetPieceOffset(index);
        var file = Files[FindFile(offset)];
        var piece = (int)((offset - file.Offset) / PieceLength);
        Span<byte> hash = stackalloc byte[MerkleTree.HashLength];
        MerkleTree.HashPiece(data, file.Length <= PieceLength, PieceLength, hash);
        return hash.SequenceEqual(file.PieceLayer.Span.Slice(piece * MerkleTree.HashLength, MerkleTree.HashLength));
    }

    private int GetPieceLengthInFile(int index)
    {
        var offset = GetPieceOffset(index);
        var file = Files[FindFile(offset)];
        return (int)Math.Min(PieceLength, file.Length - (offset - file.Offset));
    }

    private long GetPieceOffset(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, PieceCount);
        return (long)index * PieceLength;
    }

    // The last file with bytes that begins at or before the offset.
    private int FindFile(long offset)
    {
        var (low, high) = (0, Files.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Files[middle].Offset <= offset ? (middle, high) : (low, middle - 1);
        }

        while (Files[low].Length == 0 && low > 0)
        {
            low--;
        }

        return low;
    }
}
