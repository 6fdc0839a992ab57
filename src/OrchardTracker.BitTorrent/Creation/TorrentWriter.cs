using System.Buffers;

namespace OrchardTracker.BitTorrent;

/// <summary>Writes a torrent's <c>info</c> and piece layers from a plan and its hashes (BEP 3, 47, 52).</summary>
internal sealed class TorrentWriter
{
    private readonly TorrentPlan _plan;
    private readonly PieceHasher _hashes;
    private readonly TorrentOptions _options;
    private readonly BencodeWriter _writer;
    private readonly Dictionary<int, byte[]> _roots = [];

    private TorrentWriter(TorrentPlan plan, PieceHasher hashes, TorrentOptions options, BencodeWriter writer)
    {
        _plan = plan;
        _hashes = hashes;
        _options = options;
        _writer = writer;
    }

    public static byte[] Write(TorrentPlan plan, PieceHasher hashes, TorrentOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new TorrentWriter(plan, hashes, options, new BencodeWriter(buffer));
        writer.Write();
        return buffer.WrittenSpan.ToArray();
    }

    private void Write()
    {
        _writer.WriteStartDictionary();
        _writer.WriteKey("info"u8);
        WriteInfo();
        if (_plan.IsAligned)
        {
            WriteLayers();
        }

        _writer.WriteEndDictionary();
    }

    private void WriteInfo()
    {
        _writer.WriteStartDictionary();
        if (_plan.IsAligned)
        {
            _writer.WriteKey("file tree"u8);
            WriteTree();
        }

        if (_plan.Version != MetainfoVersion.V2)
        {
            WriteFiles();
        }

        if (_plan.IsAligned)
        {
            _writer.WriteInteger("meta version"u8, 2);
        }

        _writer.WriteString("name"u8, _plan.Name);
        _writer.WriteInteger("piece length"u8, _plan.PieceLength);
        if (_plan.Version != MetainfoVersion.V2)
        {
            _writer.WriteString("pieces"u8, _hashes.HashesV1);
        }

        if (_options.IsPrivate)
        {
            _writer.WriteInteger("private"u8, 1);
        }

        if (!string.IsNullOrEmpty(_options.Source))
        {
            _writer.WriteString("source"u8, _options.Source);
        }

        if (!string.IsNullOrEmpty(_options.UpdateUrl))
        {
            _writer.WriteString("update-url"u8, _options.UpdateUrl);
        }

        _writer.WriteEndDictionary();
    }

    private void WriteFiles()
    {
        if (_plan.IsSingleFile)
        {
            _writer.WriteInteger("length"u8, _plan.TotalLength);
            return;
        }

        _writer.WriteKey("files"u8);
        _writer.WriteStartList();
        foreach (var file in _plan.Files)
        {
            WriteFile(file.Source.Length, file.Source.Path, isPadding: false);
            if (_plan.PaddingAfter(file) is > 0 and var padding)
            {
                WriteFile(padding, [".pad", $"{padding}"], isPadding: true);
            }
        }

        _writer.WriteEndList();
    }

    private void WriteFile(long length, IReadOnlyList<string> path, bool isPadding)
    {
        _writer.WriteStartDictionary();
        if (isPadding)
        {
            _writer.WriteString("attr"u8, "p"u8);
        }

        _writer.WriteInteger("length"u8, length);
        _writer.WriteKey("path"u8);
        _writer.WriteStartList();
        foreach (var segment in path)
        {
            _writer.WriteString(segment);
        }

        _writer.WriteEndList();
        _writer.WriteEndDictionary();
    }

    // The files are sorted as the tree is: from one to the next, some folders end and some begin.
    private void WriteTree()
    {
        IReadOnlyList<string> open = [];
        _writer.WriteStartDictionary();
        for (var i = 0; i < _plan.Files.Length; i++)
        {
            var path = _plan.Files[i].Source.Path;
            var folders = path.SkipLast(1).ToArray();
            var common = folders.Zip(open).TakeWhile(pair => pair.First == pair.Second).Count();
            for (var depth = open.Count; depth > common; depth--)
            {
                _writer.WriteEndDictionary();
            }

            foreach (var folder in folders[common..])
            {
                WriteStart(folder);
            }

            open = folders;
            WriteLeaf(i, path[^1]);
        }

        for (var depth = open.Count; depth >= 0; depth--)
        {
            _writer.WriteEndDictionary();
        }
    }

    private void WriteLeaf(int index, string name)
    {
        var file = _plan.Files[index];
        WriteStart(name);
        _writer.WriteKey(""u8);
        _writer.WriteStartDictionary();
        _writer.WriteInteger("length"u8, file.Source.Length);
        if (file.Source.Length > 0)
        {
            var root = new byte[MerkleTree.HashLength];
            MerkleTree.HashLayer(Layer(file), _plan.PieceLength, root);
            _roots.Add(index, root);
            _writer.WriteString("pieces root"u8, root);
        }

        _writer.WriteEndDictionary();
        _writer.WriteEndDictionary();
    }

    private void WriteStart(string name)
    {
        _writer.WriteKey(System.Text.Encoding.UTF8.GetBytes(name));
        _writer.WriteStartDictionary();
    }

    private void WriteLayers()
    {
        _writer.WriteKey("piece layers"u8);
        _writer.WriteStartDictionary();

        // Files with the same content have the same root, and one layer for all of them.
        var large = _roots.Where(root => _plan.Files[root.Key].Source.Length > _plan.PieceLength)
            .DistinctBy(root => new ReadOnlyMemory<byte>(root.Value), BytesComparer.Instance)
            .OrderBy(root => new ReadOnlyMemory<byte>(root.Value), BytesComparer.Instance);
        foreach (var (index, root) in large)
        {
            _writer.WriteString(root, Layer(_plan.Files[index]));
        }

        _writer.WriteEndDictionary();
    }

    private ReadOnlySpan<byte> Layer(PlannedFile file)
    {
        var first = (int)(file.Offset / _plan.PieceLength);
        var count = (int)((file.Source.Length + _plan.PieceLength - 1) / _plan.PieceLength);
        return _hashes.HashesV2.AsSpan(first * MerkleTree.HashLength, count * MerkleTree.HashLength);
    }
}
