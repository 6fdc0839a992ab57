namespace OrchardTracker.BitTorrent;

/// <summary>Reads the files of a v1 torrent (BEP 3, BEP 47).</summary>
internal static class FileListReader
{
    public static List<TorrentFile> Read(InfoFields fields, string name, PathReader paths)
    {
        if (fields.Files is not { } list)
        {
            if (fields.Length is not { } length)
            {
                throw new MetainfoException("The torrent says neither 'length' nor 'files': its v1 part names no file.");
            }

            return [MakeFile([name], length, FileEntry.ReadAttributes(fields.Attributes.GetValueOrDefault().Span), [])];
        }

        if (fields.Length is not null)
        {
            throw new MetainfoException("The torrent says both 'length' and 'files': it cannot be one file and several.");
        }

        var files = new List<TorrentFile>();
        var reader = new BencodeReader(list.Span, BencodeMode.Lenient, paths.Limits.Bencode);
        reader.Read();
        while (reader.Read() && reader.TokenType != BencodeTokenType.EndList)
        {
            if (reader.TokenType != BencodeTokenType.StartDictionary)
            {
                throw new MetainfoException("Each entry of 'files' must be a dictionary.");
            }

            if (files.Count == paths.Limits.MaxFiles)
            {
                throw new MetainfoException("The torrent has more than {0} files.", paths.Limits.MaxFiles);
            }

            files.Add(ReadFile(FileEntry.Read(ref reader, list, paths), name, paths));
        }

        return files;
    }

    private static TorrentFile ReadFile(FileEntry entry, string name, PathReader paths)
    {
        var isLink = (entry.Attributes & TorrentFileAttributes.SymbolicLink) != 0;
        var length = entry.Length
            ?? (isLink ? 0 : throw new MetainfoException("A file of the torrent has no length."));
        List<string> path = entry switch
        {
            { PathUtf8.Count: > 0 } => entry.PathUtf8,
            { Path.Count: > 0 } => entry.Path,
            _ when (entry.Attributes & TorrentFileAttributes.Padding) != 0 => [".pad", $"{length}"],
            _ => throw new MetainfoException("A file of the torrent has no path."),
        };
        paths.CheckLength(name, path);
        return MakeFile(path, length, entry.Attributes, entry.LinkTarget ?? []);
    }

    private static TorrentFile MakeFile(List<string> path, long length, TorrentFileAttributes attributes, List<string> target)
    {
        // BitComet's way to pad, older than BEP 47.
        if (path[^1].StartsWith("_____padding_file_", StringComparison.Ordinal))
        {
            attributes |= TorrentFileAttributes.Padding;
        }

        return length < 0
            ? throw new MetainfoException("The length of a file must be an integer that is not negative.")
            : new TorrentFile(path, length) { Attributes = attributes, LinkTarget = target };
    }
}
