using OrchardCore.FileStorage;
using OrchardCore.FileStorage.FileSystem;

namespace OrchardTracker.MediaTorrent.Files;

/// <summary>
/// A folder of originals, with what Orchard Core's store of files lacks: a file appears whole or not at all, and folders
/// come by themselves.
/// </summary>
internal sealed class OriginalsFileStore(FileSystemStore inner, string root, string incoming) : IFileStore
{
    public Task<IFileStoreEntry> GetFileInfoAsync(string path) => inner.GetFileInfoAsync(path);

    public Task<IFileStoreEntry> GetDirectoryInfoAsync(string path) => inner.GetDirectoryInfoAsync(path);

    public IAsyncEnumerable<IFileStoreEntry> GetDirectoryContentAsync(string? path = null, bool includeSubDirectories = false) =>
        inner.GetDirectoryContentAsync(path, includeSubDirectories);

    public Task<bool> TryCreateDirectoryAsync(string path) => inner.TryCreateDirectoryAsync(path);

    public Task<bool> TryDeleteFileAsync(string path) => inner.TryDeleteFileAsync(path);

    public Task<bool> TryDeleteDirectoryAsync(string path) => inner.TryDeleteDirectoryAsync(path);

    public Task<Stream> GetFileStreamAsync(string path) => inner.GetFileStreamAsync(path);

    public Task<Stream> GetFileStreamAsync(IFileStoreEntry fileStoreEntry) => inner.GetFileStreamAsync(fileStoreEntry);

    public Task<long?> GetPermittedStorageAsync() => inner.GetPermittedStorageAsync();

    public async Task MoveFileAsync(string oldPath, string newPath)
    {
        await inner.TryCreateDirectoryAsync(MediaPaths.FolderOf(newPath));
        await inner.MoveFileAsync(oldPath, newPath);
    }

    public async Task CopyFileAsync(string srcPath, string dstPath)
    {
        await using var source = await inner.GetFileStreamAsync(srcPath);
        await CreateFileFromStreamAsync(dstPath, source);
    }

    public async Task<string> CreateFileFromStreamAsync(string path, Stream inputStream, bool overwrite = false)
    {
        if (!overwrite && await inner.GetFileInfoAsync(path) is not null)
        {
            throw new ExistsFileStoreException($"Cannot create file '{path}' because it already exists.");
        }

        Directory.CreateDirectory(incoming);
        var temporary = Path.Combine(incoming, Guid.NewGuid().ToString("n"));
        try
        {
            // Open until it is at its place: see Leftovers.
            await using var output = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Delete);
            await inputStream.CopyToAsync(output);
            await output.FlushAsync();
            await inner.TryCreateDirectoryAsync(MediaPaths.FolderOf(path));
            File.Move(temporary, Path.Combine(root, path), overwrite);
            return path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileStoreException($"Cannot create file '{path}'.", error);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
