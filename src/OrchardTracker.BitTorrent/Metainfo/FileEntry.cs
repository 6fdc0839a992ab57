namespace OrchardTracker.BitTorrent;

/// <summary>The properties of one file, the same in a v1 list and in a v2 tree.</summary>
internal struct FileEntry
{
    public long? Length;
    public TorrentFileAttributes Attributes;
    public ReadOnlyMemory<byte>? PiecesRoot;
    public List<string>? Path;
    public List<string>? PathUtf8;
    public List<string>? LinkTarget;

    /// <summary>Reads from the start of a file's dictionary to its end.</summary>
    public static FileEntry Read(ref BencodeReader reader, ReadOnlyMemory<byte> info, PathReader paths)
    {
        var entry = default(FileEntry);
        while (reader.Read() && reader.TokenType == BencodeTokenType.Key)
        {
            entry.ReadField(ref reader, info, paths);
        }

        return entry;
    }

    /// <summary>Reads the letters of <c>attr</c> (BEP 47).</summary>
    public static TorrentFileAttributes ReadAttributes(ReadOnlySpan<byte> letters)
    {
        var attributes = TorrentFileAttributes.None;
        foreach (var letter in letters)
        {
            attributes |= letter switch
            {
                (byte)'p' => TorrentFileAttributes.Padding,
                (byte)'x' => TorrentFileAttributes.Executable,
                (byte)'h' => TorrentFileAttributes.Hidden,
                (byte)'l' => TorrentFileAttributes.SymbolicLink,
                _ => TorrentFileAttributes.None,
            };
        }

        return attributes;
    }

    private void ReadField(ref BencodeReader reader, ReadOnlyMemory<byte> info, PathReader paths)
    {
        var key = reader.ValueSpan;
        if (key.SequenceEqual("length"u8))
        {
            Length = reader.TryReadInteger(out var length) && length >= 0
                ? length
                : throw new MetainfoException("The length of a file must be an integer that is not negative.");
        }
        else if (key.SequenceEqual("path"u8))
        {
            Path = paths.Read(ref reader);
        }
        else if (key.SequenceEqual("path.utf-8"u8))
        {
            PathUtf8 = paths.Read(ref reader);
        }
        else if (key.SequenceEqual("symlink path"u8))
        {
            LinkTarget = paths.Read(ref reader);
        }
        else if (key.SequenceEqual("attr"u8))
        {
            Attributes = reader.TryReadString(out var letters) ? ReadAttributes(letters) : TorrentFileAttributes.None;
        }
        else if (key.SequenceEqual("pieces root"u8))
        {
            PiecesRoot = reader.TryReadString(out var root) && root.Length == MerkleTree.HashLength
                ? info.Slice(reader.ValueStart, root.Length)
                : throw new MetainfoException("The 'pieces root' of a file must be {0} bytes long.", MerkleTree.HashLength);
        }
        else
        {
            reader.Skip();
        }
    }
}
