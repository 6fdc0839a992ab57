using System.Numerics;
using System.Security.Cryptography;

namespace OrchardTracker.BitTorrent;

/// <summary>Makes an <see cref="InfoDictionary"/> of the bytes of one: v1 (BEP 3), v2 or hybrid (BEP 52).</summary>
internal static class InfoReader
{
    // Leaves room to round any sum of lengths up to a whole piece.
    private const long LongestTorrent = long.MaxValue / 4;

    private const int HashV1Length = SHA1.HashSizeInBytes;

    /// <exception cref="MetainfoException">The dictionary is not that of a torrent.</exception>
    public static InfoDictionary Read(ReadOnlyMemory<byte> info, MetainfoLimits limits, TextDecoder text, WarningList warnings)
    {
        var fields = InfoFields.Read(info, limits.Bencode);
        var version = FindVersion(fields);
        var pieceLength = CheckPieceLength(fields, version, limits);
        var paths = new PathReader(limits, text, warnings);
        var name = ReadName(fields, paths);
        WarnOfIrregularities(fields, warnings);

        var files = ReadFiles(fields, version, name, paths, pieceLength, out var isSingleFile);
        CheckPaths(files, warnings);
        var end = files.Count == 0 ? 0 : files[^1].Offset + files[^1].Length;
        if (files.TrueForAll(file => file.Length == 0 || file.IsPadding))
        {
            throw new MetainfoException("The torrent holds no data: all of its files are empty.");
        }

        var pieceCount = (end + pieceLength - 1) / pieceLength;
        var hashes = version == MetainfoVersion.V2 ? default : fields.Pieces.GetValueOrDefault();
        if (version != MetainfoVersion.V2 && (hashes.Length % HashV1Length != 0 || hashes.Length / HashV1Length != pieceCount))
        {
            throw new MetainfoException(
                "The torrent has {0} pieces, but 'pieces' is {1} bytes long instead of {2}.",
                pieceCount, hashes.Length, new BigInteger(pieceCount) * HashV1Length);
        }

        return new InfoDictionary
        {
            Bytes = info,
            Version = version,
            HashV1 = version == MetainfoVersion.V2 ? null : new InfoHash(SHA1.HashData(info.Span)),
            HashV2 = version == MetainfoVersion.V1 ? null : new InfoHashV2(SHA256.HashData(info.Span)),
            Name = name,
            IsSingleFile = isSingleFile,
            Files = files,
            PieceLength = pieceLength,
            PieceCount = pieceCount <= int.MaxValue
                ? (int)pieceCount
                : throw new MetainfoException("The torrent has more than {0} pieces.", int.MaxValue),
            PieceHashesV1 = hashes,
            IsPrivate = fields.IsPrivate,
            Source = fields.Source is { } source ? text.Decode(source.Span) : null,
            UpdateUrl = fields.UpdateUrl is { } url ? text.Decode(url.Span) : null,
        };
    }

    private static MetainfoVersion FindVersion(InfoFields fields)
    {
        // Before all else (BEP 52): what a newer version means by its keys is not known here.
        if (fields.MetaVersion is { } version and (< 1 or > 2))
        {
            throw new MetainfoException("The torrent is of version {0}; 1 and 2 are known.", version);
        }

        if (fields.HasRootHash && fields.Pieces is null)
        {
            throw new MetainfoException(
                "This is an old Merkle torrent (BEP 30), which clients no longer read. Make it again as v2 or hybrid (BEP 52): these have what Merkle torrents were for.");
        }

        var hasV2 = fields.MetaVersion == 2;
        if (hasV2 != fields.FileTree is not null)
        {
            throw new MetainfoException(hasV2
                ? "The torrent says that it is v2, but has no 'file tree'."
                : "The torrent has a 'file tree', but does not say that it is v2 ('meta version').");
        }

        if (fields.Pieces is not null)
        {
            return hasV2 ? MetainfoVersion.Hybrid : MetainfoVersion.V1;
        }

        if (!hasV2 || fields.Files is not null || fields.Length is not null)
        {
            throw new MetainfoException("The torrent has no 'pieces': the hashes of its data are missing.");
        }

        return MetainfoVersion.V2;
    }

    private static int CheckPieceLength(InfoFields fields, MetainfoVersion version, MetainfoLimits limits)
    {
        if (fields.PieceLength is not { } length)
        {
            throw new MetainfoException("The torrent has no 'piece length'.");
        }

        if (length < 1 || length > limits.MaxPieceLength)
        {
            throw new MetainfoException(
                "The piece length is {0} bytes; it must be between 1 and {1}.", length, limits.MaxPieceLength);
        }

        if (version != MetainfoVersion.V1 && (length < MerkleTree.BlockLength || !BitOperations.IsPow2(length)))
        {
            throw new MetainfoException(
                "The piece length is {0} bytes; in a v2 torrent it must be a power of two and at least {1}.",
                length, MerkleTree.BlockLength);
        }

        return (int)length;
    }

    private static string ReadName(InfoFields fields, PathReader paths)
    {
        if (fields.NameUtf8 is { } utf8 && System.Text.Unicode.Utf8.IsValid(utf8.Span))
        {
            return paths.ReadName(utf8.Span);
        }

        return fields.Name is { } name
            ? paths.ReadName(name.Span)
            : throw new MetainfoException("The torrent has no 'name'.");
    }

    private static void WarnOfIrregularities(InfoFields fields, WarningList warnings)
    {
        if (fields.Irregularities != BencodeIrregularities.None)
        {
            warnings.Add("The torrent's 'info' is not in canonical form; a client that writes it anew will know it by another hash.");
        }
    }

    private static List<TorrentFile> ReadFiles(
        InfoFields fields, MetainfoVersion version, string name, PathReader paths, int pieceLength, out bool isSingleFile)
    {
        isSingleFile = fields.Files is null;
        if (version == MetainfoVersion.V1)
        {
            var files = FileListReader.Read(fields, name, paths);
            Place(files, 1);
            return files;
        }

        var tree = FileTreeReader.Read(fields.FileTree.GetValueOrDefault(), name, paths, out var treeIsSingleFile);
        if (version == MetainfoVersion.V2)
        {
            isSingleFile = treeIsSingleFile;
            Place(tree, pieceLength);
            return tree;
        }

        var list = FileListReader.Read(fields, name, paths);
        Place(list, 1);
        HybridFiles.Join(list, tree, pieceLength);
        return list;
    }

    // In a row; where files begin with a piece of their own, those without bytes take no place.
    private static void Place(List<TorrentFile> files, int alignment)
    {
        var end = 0L;
        foreach (var file in files)
        {
            file.Offset = file.Length == 0 ? end : (end + alignment - 1) / alignment * alignment;
            if (file.Length > LongestTorrent - file.Offset)
            {
                throw new MetainfoException("The files of the torrent are longer than any disk.");
            }

            end = file.Offset + file.Length;
        }
    }

    private static void CheckPaths(List<TorrentFile> files, WarningList warnings)
    {
        var paths = new HashSet<string>(files.Count, StringComparer.Ordinal);
        var inAnyCase = new HashSet<string>(files.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var file in files.Where(file => !file.IsPadding))
        {
            if (!paths.Add(file.FullPath))
            {
                throw new MetainfoException("Two files have the same path '{0}'.", PathRules.Show(file.FullPath));
            }

            if (!inAnyCase.Add(file.FullPath))
            {
                warnings.Add("The path '{0}' differs from another one by upper and lower case only.", PathRules.Show(file.FullPath));
            }
        }

        CheckFolders(paths);
    }

    // Folders are looked up where they lie in the paths: kept beside them, they would take many times the torrent's length.
    private static void CheckFolders(HashSet<string> paths)
    {
        var folders = paths.GetAlternateLookup<ReadOnlySpan<char>>();
        var previous = "";
        foreach (var path in paths)
        {
            // Neighbours mostly lie in the same folder, which was then looked up with the one before.
            for (var end = previous.AsSpan().CommonPrefixLength(path); end < path.Length; end++)
            {
                if (path[end] == '/' && folders.Contains(path.AsSpan(0, end)))
                {
                    throw new MetainfoException("'{0}' is a file and a folder at once.", PathRules.Show(path[..end]));
                }
            }

            previous = path;
        }
    }
}
