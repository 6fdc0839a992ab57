namespace OrchardTracker.BitTorrent;

/// <summary>The hashes of a v2 torrent's pieces, which stand outside <c>info</c> and are proved by the roots inside (BEP 52).</summary>
internal static class PieceLayers
{
    /// <summary>Gives each file its layer, after checking it against the file's root.</summary>
    public static void Attach(InfoDictionary info, ReadOnlyMemory<byte>? raw, MetainfoLimits limits, WarningList warnings)
    {
        var layers = raw is { } bytes ? Read(bytes, limits) : [];
        var used = new HashSet<ReadOnlyMemory<byte>>(BytesComparer.Instance);
        Span<byte> root = stackalloc byte[MerkleTree.HashLength];
        foreach (var file in info.Files.Where(file => !file.PiecesRoot.IsEmpty))
        {
            if (file.Length <= info.PieceLength)
            {
                file.PieceLayer = file.PiecesRoot;
                continue;
            }

            var shown = PathRules.Show(file.FullPath);
            if (!layers.TryGetValue(file.PiecesRoot, out var layer))
            {
                throw new MetainfoException("The piece hashes of '{0}' are missing from 'piece layers'.", shown);
            }

            var pieces = (file.Length + info.PieceLength - 1) / info.PieceLength;
            if (layer.Length % MerkleTree.HashLength != 0 || layer.Length / MerkleTree.HashLength != pieces)
            {
                throw new MetainfoException(
                    "'{0}' has {1} pieces, but its piece hashes are {2} bytes long.", shown, pieces, layer.Length);
            }

            // Two files with the same content share one root and one layer.
            if (used.Add(file.PiecesRoot))
            {
                MerkleTree.HashLayer(layer.Span, info.PieceLength, root);
                if (!root.SequenceEqual(file.PiecesRoot.Span))
                {
                    throw new MetainfoException("The piece hashes of '{0}' do not belong to its root.", shown);
                }
            }

            file.PieceLayer = layer;
        }

        if (used.Count < layers.Count)
        {
            warnings.Add("Some of the 'piece layers' belong to no file; strict clients refuse the torrent.");
        }
    }

    private static Dictionary<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> raw, MetainfoLimits limits)
    {
        var layers = new Dictionary<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>(BytesComparer.Instance);
        var reader = new BencodeReader(raw.Span, BencodeMode.Lenient, limits.Bencode);
        reader.Read();
        if (reader.TokenType != BencodeTokenType.StartDictionary)
        {
            throw new MetainfoException("The key '{0}' must be a dictionary.", "piece layers");
        }

        while (reader.Read() && reader.TokenType == BencodeTokenType.Key)
        {
            var root = raw.Slice(reader.ValueStart, reader.ValueSpan.Length);
            if (root.Length != MerkleTree.HashLength || !reader.TryReadString(out var layer))
            {
                throw new MetainfoException(
                    "Each of the 'piece layers' must be a string under a root of {0} bytes.", MerkleTree.HashLength);
            }

            layers[root] = raw.Slice(reader.ValueStart, layer.Length);
        }

        return layers;
    }
}
