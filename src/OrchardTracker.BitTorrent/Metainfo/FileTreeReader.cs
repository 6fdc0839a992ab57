namespace OrchardTracker.BitTorrent;

/// <summary>Reads the files of a v2 torrent (BEP 52). The depth of the tree costs entries of a list, not calls.</summary>
internal ref struct FileTreeReader
{
    private readonly ReadOnlyMemory<byte> _tree;
    private readonly string _name;
    private readonly PathReader _paths;
    private readonly List<TorrentFile> _files = [];
    private readonly List<string> _path = [];
    private readonly List<Node> _nodes = [default];
    private BencodeReader _reader;

    private FileTreeReader(ReadOnlyMemory<byte> tree, string name, PathReader paths)
    {
        _tree = tree;
        _name = name;
        _paths = paths;
        _reader = new BencodeReader(tree.Span, BencodeMode.Lenient, paths.Limits.Bencode);
    }

    /// <summary>
    /// The files in the order of the tree, which is the order of their pieces. A tree that is nothing but one file has
    /// no folder that bears the torrent's name.
    /// </summary>
    public static List<TorrentFile> Read(ReadOnlyMemory<byte> tree, string name, PathReader paths, out bool isSingleFile)
    {
        var reader = new FileTreeReader(tree, name, paths);
        reader.Read();
        isSingleFile = reader._files is [{ Path.Count: 1 }];
        return reader._files;
    }

    private void Read()
    {
        _reader.Read();
        while (_reader.Read())
        {
            if (_reader.TokenType == BencodeTokenType.EndDictionary)
            {
                CloseNode();
            }
            else if (_reader.ValueSpan.IsEmpty)
            {
                ReadFile();
            }
            else
            {
                OpenNode();
            }
        }
    }

    private void OpenNode()
    {
        _nodes[^1] = _nodes[^1] with { HasChildren = true };
        _path.Add(_paths.ReadName(_reader.ValueSpan));
        if (_path.Count > _paths.Limits.MaxPathDepth)
        {
            throw new MetainfoException("A path has more than {0} folders.", _paths.Limits.MaxPathDepth);
        }

        _reader.Read();
        if (_reader.TokenType != BencodeTokenType.StartDictionary)
        {
            throw new MetainfoException("'{0}' in the 'file tree' must be a dictionary.", PathRules.Show(_path[^1]));
        }

        _nodes.Add(default);
    }

    private void CloseNode()
    {
        if (_nodes[^1] is { HasChildren: true, IsFile: true })
        {
            throw new MetainfoException("'{0}' is a file and a folder at once.", PathRules.Show(_path[^1]));
        }

        _nodes.RemoveAt(_nodes.Count - 1);
        if (_path.Count > 0)
        {
            _path.RemoveAt(_path.Count - 1);
        }
    }

    private void ReadFile()
    {
        if (_path.Count == 0)
        {
            throw new MetainfoException("The 'file tree' itself cannot be a file.");
        }

        _reader.Read();
        if (_reader.TokenType != BencodeTokenType.StartDictionary)
        {
            throw new MetainfoException("The properties of '{0}' must be a dictionary.", PathRules.Show(_path[^1]));
        }

        if (_nodes[^1].IsFile)
        {
            throw new MetainfoException("Two files have the same path '{0}'.", PathRules.Show(_path[^1]));
        }

        if (_files.Count == _paths.Limits.MaxFiles)
        {
            throw new MetainfoException("The torrent has more than {0} files.", _paths.Limits.MaxFiles);
        }

        _nodes[^1] = _nodes[^1] with { IsFile = true };
        _files.Add(MakeFile(FileEntry.Read(ref _reader, _tree, _paths)));
    }

    private readonly TorrentFile MakeFile(FileEntry entry)
    {
        _paths.CheckLength(_name, _path);
        var shown = PathRules.Show(_path[^1]);
        if ((entry.Attributes & TorrentFileAttributes.Padding) != 0)
        {
            throw new MetainfoException("'{0}' is padding: a 'file tree' has none.", shown);
        }

        var isLink = (entry.Attributes & TorrentFileAttributes.SymbolicLink) != 0;
        var length = isLink ? 0 : entry.Length ?? throw new MetainfoException("'{0}' has no length.", shown);
        if (length > 0 && entry.PiecesRoot?.Span.ContainsAnyExcept((byte)0) != true)
        {
            // A root of zeros is what a missing one looks like elsewhere: no data has it.
            throw new MetainfoException("'{0}' has no 'pieces root'.", shown);
        }

        return new TorrentFile([.. _path], length)
        {
            Attributes = entry.Attributes,
            LinkTarget = entry.LinkTarget ?? [],
            PiecesRoot = length > 0 ? entry.PiecesRoot.GetValueOrDefault() : default,
        };
    }

    private readonly record struct Node(bool IsFile, bool HasChildren);
}
