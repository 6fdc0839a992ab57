using System.Security.Cryptography;

namespace OrchardTracker.Swarms;

/// <summary>
/// Keeps the swarms of a store over a restart. The file has a version and ends with a SHA-256 of all before it; it is
/// written aside and then renamed, so that there is always one whole file.
/// </summary>
public static class SwarmSnapshot
{
    private const int ChecksumLength = SHA256.HashSizeInBytes;

    /// <summary>Writes the swarms of a store, which may go on serving meanwhile.</summary>
    public static async Task SaveAsync(MemoryPeerStore store, string path, CancellationToken cancellationToken = default)
    {
        var aside = path + ".new";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        await using (var file = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous))
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var block in store.Export())
            {
                hash.AppendData(block.Span);
                await file.WriteAsync(block, cancellationToken);
            }

            await file.WriteAsync(hash.GetHashAndReset(), cancellationToken);
            await file.FlushAsync(cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(aside, path, overwrite: true);
    }

    /// <summary>
    /// Fills a store that is still empty. A peer that would be too old by now is kept for <paramref name="grace"/>, the
    /// time in which it announces again: while the tracker was away it could not.
    /// </summary>
    /// <returns>How many peers came back; 0 when there is no file.</returns>
    /// <exception cref="SnapshotException">The file is damaged or foreign; the store is unchanged.</exception>
    public static Task<int> LoadAsync(MemoryPeerStore store, string path, TimeSpan grace, CancellationToken cancellationToken = default) =>
        ReadAsync(store, path, grace, isTaken: false, cancellationToken);

    /// <summary>
    /// Fills a store as <see cref="LoadAsync"/> does, and removes the file: a process that ends without saving must not
    /// leave the next one peers of long ago. Whoever then gives up before the first announce saves again.
    /// </summary>
    /// <returns>How many peers came back; 0 when there is no file.</returns>
    /// <exception cref="SnapshotException">The file is damaged or foreign; the store is unchanged.</exception>
    /// <exception cref="IOException">The file cannot be read or removed; the store is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read or removed; the store is unchanged.</exception>
    public static Task<int> TakeAsync(MemoryPeerStore store, string path, TimeSpan grace, CancellationToken cancellationToken = default) =>
        ReadAsync(store, path, grace, isTaken: true, cancellationToken);

    private static async Task<int> ReadAsync(MemoryPeerStore store, string path, TimeSpan grace, bool isTaken, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return 0;
        }

        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous);
        var length = file.Length - ChecksumLength;
        if (length < 0)
        {
            throw new SnapshotException($"The snapshot has {file.Length} bytes: it is cut off.");
        }

        await VerifyAsync(file, length, cancellationToken);
        if (isTaken)
        {
            // While the store is still empty, so that a file that stays is never read into it. What is open can be read on.
            File.Delete(path);
        }

        file.Position = 0;
        using var reader = new BinaryReader(file);
        return store.Import(reader, length, grace);
    }

    private static async Task VerifyAsync(FileStream file, long length, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        for (var left = length; left > 0;)
        {
            var read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken);
            if (read == 0)
            {
                throw new SnapshotException("The snapshot became shorter while it was read.");
            }

            hash.AppendData(buffer.AsSpan(0, read));
            left -= read;
        }

        var checksum = new byte[ChecksumLength];
        await file.ReadExactlyAsync(checksum, cancellationToken);
        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(checksum))
        {
            throw new SnapshotException("The snapshot's checksum is wrong: it is damaged or cut off.");
        }
    }
}
