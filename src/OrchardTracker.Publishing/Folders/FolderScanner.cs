using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <summary>
/// Finds what is in the published folder. Symbolic links are not followed: a link could publish what lies outside.
/// </summary>
/// <param name="root">The published folder.</param>
/// <param name="salt">Goes into each fingerprint: what else a torrent depends on.</param>
internal sealed class FolderScanner(string root, string salt)
{
    private const int MaxDepth = 32;

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false, ReturnSpecialDirectories = false };

    /// <exception cref="IOException">The folder itself cannot be read.</exception>
    public IReadOnlyList<FolderItem> Scan(CancellationToken cancellationToken)
    {
        List<FolderItem> items = [];
        foreach (var entry in new DirectoryInfo(root).EnumerateFileSystemInfos("*", Everything))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!IgnoredNames.Contains(entry.Name) && !IsHidden(entry))
            {
                items.Add(Read(entry, cancellationToken));
            }
        }

        items.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return items;
    }

    /// <summary>One item; null when there is none of this name.</summary>
    public FolderItem? Scan(string name, CancellationToken cancellationToken)
    {
        var path = Path.Combine(root, name);
        FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        return entry.Exists ? Read(entry, cancellationToken) : null;
    }

    private FolderItem Read(FileSystemInfo entry, CancellationToken cancellationToken)
    {
        try
        {
            return ReadUnchecked(entry, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new FolderItem { Name = entry.Name, Fault = new("It cannot be read: {0}", error.Message) };
        }
    }

    private FolderItem ReadUnchecked(FileSystemInfo entry, CancellationToken cancellationToken)
    {
        if (IsLink(entry))
        {
            return new FolderItem { Name = entry.Name, Fault = new("It is a symbolic link, and links are not followed.") };
        }

        List<FolderFile> files = [];
        var mark = new FileFingerprint(salt);
        var isIncomplete = false;
        if (entry is DirectoryInfo folder)
        {
            Collect(folder, [], files, mark, cancellationToken);
        }
        else
        {
            var file = Describe((FileInfo)entry, [entry.Name]);
            files.Add(file);
            mark.Add(file);
            isIncomplete = File.Exists(file.FullPath + ".aria2");
        }

        files.Sort((left, right) => Compare(left.Path, right.Path));
        var fingerprint = new FileFingerprint(salt);
        files.ForEach(fingerprint.Add);
        return new FolderItem
        {
            Name = entry.Name,
            IsFolder = entry is DirectoryInfo,
            Files = files,
            Fingerprint = fingerprint.Finish(),
            Mark = mark.Finish(),
            IsIncomplete = isIncomplete,
            Fault = FindFault(entry.Name, files),
        };
    }

    private static void Collect(
        DirectoryInfo folder, IReadOnlyList<string> path, List<FolderFile> files, FileFingerprint mark, CancellationToken cancellationToken)
    {
        if (path.Count >= MaxDepth)
        {
            throw new IOException($"there are more than {MaxDepth} folders inside each other.");
        }

        foreach (var entry in folder.EnumerateFileSystemInfos("*", Everything).OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (IsLink(entry))
            {
                continue;
            }

            var isIgnored = IgnoredNames.Contains(entry.Name) || IsHidden(entry);
            if (entry is DirectoryInfo inner)
            {
                Collect(inner, [.. path, inner.Name], isIgnored ? [] : files, mark, cancellationToken);
                continue;
            }

            var file = Describe((FileInfo)entry, [.. path, entry.Name]);
            mark.Add(file);
            if (!isIgnored)
            {
                files.Add(file);
            }
        }
    }

    private static FolderFile Describe(FileInfo file, IReadOnlyList<string> path) =>
        new(path, file.FullName, file.Length, file.LastWriteTimeUtc);

    private static MetainfoMessage? FindFault(string name, List<FolderFile> files)
    {
        if (files.Sum(file => file.Length) == 0)
        {
            return new("There is nothing in it.");
        }

        // What .NET shows for bytes that are no UTF-8; such a file cannot be opened by its name.
        var broken = files.Find(file => file.FullPath.Contains('\uFFFD'));
        return broken is null ? null : new("The name '{0}' is not valid UTF-8; rename it.", broken.Path is [_] ? name : string.Join('/', broken.Path));
    }

    private static bool IsHidden(FileSystemInfo entry) => (entry.Attributes & (FileAttributes.Hidden | FileAttributes.System)) != 0;

    private static bool IsLink(FileSystemInfo entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0 && entry.LinkTarget is not null;

    private static int Compare(IReadOnlyList<string> left, IReadOnlyList<string> right)
    {
        for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            if (string.CompareOrdinal(left[i], right[i]) is var order and not 0)
            {
                return order;
            }
        }

        return left.Count - right.Count;
    }
}
