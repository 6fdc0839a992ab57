namespace OrchardTracker.MediaTorrent.Files;

/// <summary>
/// Hides originals, and shows them again. On a local disk that is one renaming; with a remote store the bytes are copied,
/// and until the copy is whole the file stays where it was.
/// </summary>
public sealed class MediaVisibility(VisibleMedia visible, HiddenOriginals hidden, MediaCaches caches)
{
    /// <summary>Hides a file; one that is hidden at its path already is replaced.</summary>
    /// <returns>False when there is no visible file at the path.</returns>
    /// <exception cref="IOException">It could not be hidden; it is still visible.</exception>
    public async Task<bool> HideAsync(string path)
    {
        if (await visible.Store.GetFileInfoAsync(path) is not { IsDirectory: false } file)
        {
            return false;
        }

        if (hidden.IsBesideMedia && visible.FindLocal(file) is { } local)
        {
            var target = hidden.FileOf(path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(local, target, overwrite: true);
        }
        else
        {
            await using (var stream = await visible.OpenAsync(path))
            {
                await hidden.TakeAsync(path, stream, overwrite: true);
            }

            // The same file as far as its torrent goes.
            File.SetLastWriteTimeUtc(hidden.FileOf(path), file.LastModifiedUtc);
            await visible.Store.TryDeleteFileAsync(path);
        }

        await caches.PurgeAsync(path, file.LastModifiedUtc);
        return true;
    }

    /// <returns>False when there is no hidden file at the path.</returns>
    /// <exception cref="IOException">It could not be shown; it is still hidden.</exception>
    public async Task<bool> ShowAsync(string path)
    {
        if (!hidden.Exists(path))
        {
            return false;
        }

        if (!await TryRenameBackAsync(path))
        {
            await using (var stream = hidden.Open(path))
            {
                await visible.Store.CreateFileFromStreamAsync(path, stream, overwrite: true);
            }

            await hidden.Store.TryDeleteFileAsync(path);
        }

        return true;
    }

    private async Task<bool> TryRenameBackAsync(string path)
    {
        if (!hidden.IsBesideMedia || !visible.IsLocal)
        {
            return false;
        }

        var target = visible.LocalFileOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(hidden.FileOf(path), target, overwrite: true);
        if (await visible.Store.GetFileInfoAsync(path) is { IsDirectory: false } file && visible.FindLocal(file) is not null)
        {
            return true;
        }

        // The store has its files elsewhere.
        File.Move(target, hidden.FileOf(path));
        return false;
    }
}
