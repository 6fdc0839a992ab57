namespace OrchardTracker.BitTorrent;

/// <summary>Lists what of a file or folder goes into a torrent.</summary>
internal static class FolderScanner
{
    public static TorrentSource ScanFile(FileInfo file, IReadOnlyList<string> path)
    {
        // Of a link, what it points to: the stream below reads that too.
        var target = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        var (length, writtenAt) = (target.Length, target.LastWriteTimeUtc);
        return new TorrentSource(
            path,
            length,
            _ => ValueTask.FromResult<Stream>(new FileStream(file.FullName, new FileStreamOptions
            {
                BufferSize = 0,
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.SequentialScan,
            })),
            stream => File.GetLastWriteTimeUtc(((FileStream)stream).SafeFileHandle) == writtenAt);
    }

    /// <summary>
    /// All files below a folder, in no certain order. Empty folders leave no trace: no version of the format knows them.
    /// </summary>
    public static List<TorrentSource> ScanFolder(DirectoryInfo folder, TorrentOptions options, CancellationToken cancellationToken)
    {
        var sources = new List<TorrentSource>();
        var folders = 0;
        var open = new Stack<(DirectoryInfo Folder, string[] Path, string[] Ancestors)>();
        open.Push((folder, [], [RealPath(folder)]));
        while (open.TryPop(out var current))
        {
            if (current.Path.Length >= options.Limits.MaxPathDepth)
            {
                throw new TorrentCreationException("A path has more than {0} folders.", options.Limits.MaxPathDepth);
            }

            // Folders that link to one another have more ways through them than files.
            if (++folders > options.Limits.MaxFiles)
            {
                throw new TorrentCreationException("The folder has more than {0} folders inside.", options.Limits.MaxFiles);
            }

            foreach (var entry in current.Folder.EnumerateFileSystemInfos())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!IsTaken(entry, options))
                {
                    continue;
                }

                string[] path = [.. current.Path, entry.Name];
                switch (Resolve(entry))
                {
                    case DirectoryInfo { Exists: true } inner:
                        var real = RealPath(inner);
                        if (!current.Ancestors.Contains(real))
                        {
                            open.Push((inner, path, [.. current.Ancestors, real]));
                        }

                        break;
                    case FileInfo { Exists: true } file:
                        sources.Add(ScanFile(file, path));
                        break;
                }

                if (sources.Count > options.Limits.MaxFiles)
                {
                    throw new TorrentCreationException("The folder has more than {0} files.", options.Limits.MaxFiles);
                }
            }
        }

        return sources;
    }

    private static bool IsTaken(FileSystemInfo entry, TorrentOptions options)
    {
        var isHidden = entry.Name.StartsWith('.') || (entry.Attributes & FileAttributes.Hidden) != 0;
        var isLink = entry.LinkTarget is not null;
        return (!isHidden || options.IncludeHidden) && (!isLink || options.SymbolicLinks == SymbolicLinkPolicy.Follow);
    }

    private static FileSystemInfo? Resolve(FileSystemInfo entry)
    {
        try
        {
            return entry.LinkTarget is null ? entry : entry.ResolveLinkTarget(returnFinalTarget: true);
        }
        catch (IOException)
        {
            // A link to itself, by whatever way: it leads nowhere, as a broken one does.
            return null;
        }
    }

    private static string RealPath(DirectoryInfo folder) =>
        Path.TrimEndingDirectorySeparator((folder.ResolveLinkTarget(returnFinalTarget: true) ?? folder).FullName);
}
