using Microsoft.Extensions.Options;
using OrchardCore.Environment.Shell;
using OrchardCore.FileStorage;
using OrchardCore.Media;

namespace OrchardTracker.MediaTorrent.Files;

/// <summary>The media store as it would be without this module: what it has, everybody can have.</summary>
public sealed class VisibleMedia(
    IMediaFileStore store,
    IEnumerable<IMediaFileStoreCache> remoteCaches,
    ShellSettings shellSettings,
    IOptions<ShellOptions> shellOptions,
    IOptions<MediaOptions> mediaOptions)
{
    public IMediaFileStore Store { get; } = store;

    /// <summary>Whether the store's files lie in the tenant's media folder. A remote store brings a cache for its files.</summary>
    public bool IsLocal { get; } = !remoteCaches.Any();

    /// <summary>Where a path of a local store is on the disk, or would be: put together as the media module does.</summary>
    public string LocalFileOf(string path) => PathExtensions.Combine(
        shellOptions.Value.ShellsApplicationDataPath,
        shellOptions.Value.ShellsContainerName,
        shellSettings.Name,
        mediaOptions.Value.AssetsPath,
        path);

    /// <summary>Finds a file on the disk, without opening it.</summary>
    /// <param name="file">As the store tells of it. Who has put another local store in its place has no such file there.</param>
    public string? FindLocal(IFileStoreEntry file)
    {
        if (!IsLocal)
        {
            return null;
        }

        var local = new FileInfo(LocalFileOf(MediaPaths.Normalize(file.Path)));
        return local.Exists && local.Length == file.Length && local.LastWriteTimeUtc == file.LastModifiedUtc ? local.FullName : null;
    }

    /// <summary>Opens a file for reading from its start.</summary>
    /// <exception cref="FileStoreException">There is no such file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public async Task<Stream> OpenAsync(string path) => await Store.GetFileInfoAsync(path) is { IsDirectory: false } file && FindLocal(file) is { } local
        ? SharedFile.Open(local)
        : await Store.GetFileStreamAsync(path);

    /// <summary>Takes a file out of the caches of a remote store, which do not see by themselves that it was replaced.</summary>
    public async Task ForgetCachedAsync(string path)
    {
        foreach (var cache in remoteCaches)
        {
            await cache.TryDeleteFileAsync(path);
        }
    }

    /// <summary>Undoes the writing of a file that was cut off: whoever wrote it got no answer.</summary>
    /// <param name="former">What was at the path before, if that was put aside.</param>
    public async Task UndoWritingAsync(string path, string? former)
    {
        if (former is not null)
        {
            File.Move(former, LocalFileOf(path), overwrite: true);
        }
        else if (IsLocal)
        {
            // Half a file. Remote stores take one whole, or not at all.
            await Store.TryDeleteFileAsync(path);
        }
    }
}
