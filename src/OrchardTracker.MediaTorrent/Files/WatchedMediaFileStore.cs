using OrchardCore.FileStorage;
using OrchardCore.Media;

namespace OrchardTracker.MediaTorrent.Files;

/// <summary>
/// The site's media store, whichever it is, with the hidden originals in it for those who may see them. Every way by which
/// a file comes, moves or goes passes here and is reported: Orchard Core 3 has no event for a created file.
/// </summary>
internal sealed class WatchedMediaFileStore(
    VisibleMedia visible,
    HiddenOriginals hidden,
    HiddenAccess access,
    MediaCaches caches,
    UploadMarkers markers,
    Func<string, long?, Task<bool>> isToBeHidden,
    Action<MediaChange> report) : IMediaFileStore
{
    private const int MostAttempts = 20;

    private readonly IMediaFileStore _inner = visible.Store;

    public async Task<IFileStoreEntry> GetFileInfoAsync(string path) => hidden.Exists(Normalize(path))
        ? await access.MaySeeAsync(Normalize(path)) ? await hidden.Store.GetFileInfoAsync(Normalize(path)) : null!
        : await _inner.GetFileInfoAsync(path);

    public Task<IFileStoreEntry> GetDirectoryInfoAsync(string path) => _inner.GetDirectoryInfoAsync(path);

    public async IAsyncEnumerable<IFileStoreEntry> GetDirectoryContentAsync(string? path = null, bool includeSubDirectories = false)
    {
        await foreach (var entry in _inner.GetDirectoryContentAsync(path, includeSubDirectories))
        {
            if (entry.IsDirectory || !hidden.Exists(Normalize(entry.Path)))
            {
                yield return entry;
            }
        }

        await foreach (var entry in hidden.Store.GetDirectoryContentAsync(Normalize(path), includeSubDirectories))
        {
            if (!entry.IsDirectory && await access.MaySeeAsync(Normalize(entry.Path)))
            {
                yield return entry;
            }
        }
    }

    public async Task<Stream> GetFileStreamAsync(string path)
    {
        if (!hidden.Exists(Normalize(path)))
        {
            return await _inner.GetFileStreamAsync(path);
        }

        return await access.MaySeeAsync(Normalize(path))
            ? await hidden.Store.GetFileStreamAsync(Normalize(path))
            : throw new FileStoreException($"Cannot get file stream because the file '{path}' does not exist.");
    }

    public Task<Stream> GetFileStreamAsync(IFileStoreEntry fileStoreEntry) => hidden.Exists(Normalize(fileStoreEntry.Path))
        ? GetFileStreamAsync(fileStoreEntry.Path)
        : _inner.GetFileStreamAsync(fileStoreEntry);

    public Task<bool> TryCreateDirectoryAsync(string path) => _inner.TryCreateDirectoryAsync(path);

    public async Task<string> CreateFileFromStreamAsync(string path, Stream inputStream, bool overwrite = false)
    {
        var normal = Normalize(path);
        var isNew = await _inner.GetFileInfoAsync(path) is null;
        if (!isNew && !overwrite)
        {
            // It tells that there is one. Nothing must be marked as half that is not.
            return await _inner.CreateFileFromStreamAsync(path, inputStream, overwrite);
        }

        string created;
        var isFree = !markers.IsBeingWritten(normal);
        using (var mark = markers.Mark(normal))
        {
            if (hidden.Exists(normal) || (isNew && await isToBeHidden(normal, LengthOf(inputStream))))
            {
                // The folder is seen in the library all the same.
                await _inner.TryCreateDirectoryAsync(MediaPaths.FolderOf(normal));
                created = await hidden.Store.CreateFileFromStreamAsync(normal, inputStream, overwrite);
            }
            else
            {
                var isAside = !isNew && isFree && visible.IsLocal && mark.TryPutAside(visible.LocalFileOf(normal));
                if (isNew && isFree)
                {
                    mark.Begin();
                }

                created = await CreateVisibleAsync(path, inputStream, overwrite, mustUndo: isAside || (isNew && isFree), mark);
                mark.Commit();
                if (!isNew)
                {
                    await visible.ForgetCachedAsync(normal);
                }
            }

            markers.Settle(normal);
        }

        report(new MediaChange(MediaChangeKind.Written, Normalize(created ?? path)));
        return created!;
    }

    public async Task CopyFileAsync(string srcPath, string dstPath)
    {
        var (source, target) = (Normalize(srcPath), Normalize(dstPath));
        await ThrowIfExistsAsync(dstPath);
        using (markers.Mark(target))
        {
            if (hidden.Exists(source))
            {
                await hidden.Store.CopyFileAsync(source, target);
            }
            else if (!await isToBeHidden(target, (await _inner.GetFileInfoAsync(srcPath))?.Length))
            {
                await _inner.CopyFileAsync(srcPath, dstPath);
            }
            else
            {
                await using var stream = await visible.OpenAsync(srcPath);
                await hidden.TakeAsync(target, stream);
            }
        }

        report(new MediaChange(MediaChangeKind.Copied, source, target));
    }

    public async Task MoveFileAsync(string oldPath, string newPath)
    {
        var (source, target) = (Normalize(oldPath), Normalize(newPath));
        if (hidden.Exists(source))
        {
            // It stays hidden wherever it goes: to show it is a decision of its own.
            await ThrowIfExistsAsync(newPath);
            await hidden.Store.MoveFileAsync(source, target);
        }
        else if (hidden.Exists(target))
        {
            throw new ExistsFileStoreException($"Cannot move file because the new path '{newPath}' already exists.");
        }
        else if (await _inner.GetFileInfoAsync(oldPath) is var file && await isToBeHidden(target, file?.Length))
        {
            await ThrowIfExistsAsync(newPath);
            await using (var stream = await visible.OpenAsync(oldPath))
            {
                await hidden.TakeAsync(target, stream);
            }

            // The same file as far as its torrent goes, and its copies in the caches.
            var modifiedUtc = file?.LastModifiedUtc ?? DateTime.UtcNow;
            File.SetLastWriteTimeUtc(hidden.FileOf(target), modifiedUtc);
            await _inner.TryDeleteFileAsync(oldPath);
            await caches.PurgeAsync(source, modifiedUtc);
        }
        else
        {
            await _inner.MoveFileAsync(oldPath, newPath);
        }

        report(new MediaChange(MediaChangeKind.Moved, source, target));
    }

    public async Task<bool> TryDeleteFileAsync(string path)
    {
        var normal = Normalize(path);
        var deleted = hidden.Exists(normal) ? await hidden.Store.TryDeleteFileAsync(normal) : await _inner.TryDeleteFileAsync(path);
        if (deleted)
        {
            report(new MediaChange(MediaChangeKind.Deleted, normal));
        }

        return deleted;
    }

    public async Task<bool> TryDeleteDirectoryAsync(string path)
    {
        var normal = Normalize(path);
        var deleted = await _inner.TryDeleteDirectoryAsync(path);
        deleted |= normal.Length > 0 && await hidden.Store.TryDeleteDirectoryAsync(normal);
        if (deleted)
        {
            report(new MediaChange(MediaChangeKind.FolderDeleted, normal));
        }

        return deleted;
    }

    public string MapPathToPublicUrl(string path) => _inner.MapPathToPublicUrl(path);

    public Task<long?> GetPermittedStorageAsync() => _inner.GetPermittedStorageAsync();

    /// <param name="mustUndo">Whether what is at the path when it fails is nothing but half a file.</param>
    private async Task<string> CreateVisibleAsync(string path, Stream stream, bool overwrite, bool mustUndo, UploadMark mark)
    {
        var start = stream.CanSeek ? stream.Position : 0;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await _inner.CreateFileFromStreamAsync(path, stream, overwrite);
            }
            catch (Exception error)
            {
                if (mustUndo)
                {
                    // A full disk, a visitor who is gone.
                    await _inner.TryDeleteFileAsync(path);
                }

                // A virus scanner, a backup, a visitor's download: nothing was read yet, and they soon let it go.
                var isHeld = error is FileStoreException { InnerException: IOException } && stream.CanSeek && stream.Position == start;
                if (!isHeld || attempt == MostAttempts)
                {
                    mark.PutBack(visible.LocalFileOf(Normalize(path)));
                    throw;
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    private static string Normalize(string? path) => MediaPaths.Normalize(path);

    private static long? LengthOf(Stream stream) => stream.CanSeek ? stream.Length : null;

    private async Task ThrowIfExistsAsync(string path)
    {
        if (hidden.Exists(Normalize(path)) || await _inner.GetFileInfoAsync(path) is not null)
        {
            throw new ExistsFileStoreException($"The path '{path}' already exists.");
        }
    }
}
