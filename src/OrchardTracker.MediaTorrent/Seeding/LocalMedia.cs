using OrchardCore.FileStorage;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Settings;

namespace OrchardTracker.MediaTorrent.Seeding;

/// <summary>
/// Finds a file of the media library on a local disk, for reading anywhere in it: where it is, or a copy when the store
/// keeps it elsewhere. Scoped.
/// </summary>
public sealed class LocalMedia(HiddenOriginals hidden, VisibleMedia visible, StagedFiles staged, MediaRules rules)
{
    /// <exception cref="IOException">There is no such file, or no room for a copy of it.</exception>
    public async Task<string> FindAsync(string path, long length, CancellationToken cancellationToken)
    {
        if (hidden.Exists(path))
        {
            return hidden.FileOf(path);
        }

        if (await visible.Store.GetFileInfoAsync(path) is not { IsDirectory: false } file || file.Length != length)
        {
            throw new FileNotFoundException("The file is not there, or not as long as when it was hashed.");
        }

        if (visible.FindLocal(file) is { } local)
        {
            return local;
        }

        try
        {
            var settings = await rules.GetSettingsAsync();
            var key = MediaPaths.Hash($"{path}\n{length}\n{file.LastModifiedUtc.Ticks}");
            return await staged.GetAsync(key, length, settings.StagingBytes, () => visible.Store.GetFileStreamAsync(path), cancellationToken);
        }
        catch (Exception error) when (error is FileStoreException or TimeoutException)
        {
            throw new IOException(error.Message, error);
        }
    }
}
