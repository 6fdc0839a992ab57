using System.Collections.Concurrent;
using OrchardTracker.MediaTorrent.Files;

namespace OrchardTracker.MediaTorrent.Seeding;

/// <summary>
/// Local copies of files that a store keeps elsewhere, up to a bound: those that were not read for the longest time go
/// first. A copy is made once, however many ask for it. Thread-safe.
/// </summary>
public sealed class StagedFiles
{
    private const string PartExtension = ".part";

    private readonly string _folder;
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _copying = new();
    private readonly Lock _room = new();

    // Bytes of the copies that are being made.
    private long _reserved;

    public StagedFiles(string folder)
    {
        _folder = folder;
        Leftovers.Delete(folder, "*" + PartExtension);
    }

    /// <param name="key">Names the bytes: another content has another key.</param>
    /// <param name="bound">Bytes of all copies together.</param>
    /// <exception cref="IOException">There is no room for the file within the bound, or it is not as long as it should be.</exception>
    public async Task<string> GetAsync(string key, long length, long bound, Func<Task<Stream>> open, CancellationToken cancellationToken)
    {
        var file = Path.Combine(_folder, key);
        if (File.Exists(file))
        {
            File.SetLastAccessTimeUtc(file, DateTime.UtcNow);
            return file;
        }

        if (length > bound)
        {
            throw new IOException($"The store gives no file that can be read anywhere in it, and a local copy of {length} bytes is more than the {bound} that are allowed.");
        }

        var copying = _copying.GetOrAdd(key, _ => new Lazy<Task<string>>(() => CopyAsync(file, length, bound, open)));
        try
        {
            return await copying.Value.WaitAsync(cancellationToken);
        }
        finally
        {
            if (copying.Value.IsCompleted)
            {
                _copying.TryRemove(new KeyValuePair<string, Lazy<Task<string>>>(key, copying));
            }
        }
    }

    private async Task<string> CopyAsync(string file, long length, long bound, Func<Task<Stream>> open)
    {
        Directory.CreateDirectory(_folder);
        Reserve(length, bound);
        var part = $"{file}.{Guid.NewGuid():n}{PartExtension}";
        try
        {
            await using var source = await open();

            // Open until it is at its place: see Leftovers.
            await using var target = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.Delete);
            await source.CopyToAsync(target);
            await target.FlushAsync();
            if (target.Length != length)
            {
                throw new IOException($"The store gave {target.Length} bytes of a file of {length}.");
            }

            File.Move(part, file, overwrite: true);
            return file;
        }
        finally
        {
            File.Delete(part);
            lock (_room)
            {
                _reserved -= length;
            }
        }
    }

    private void Reserve(long length, long bound)
    {
        lock (_room)
        {
            var most = bound - length - _reserved;
            if (most < 0)
            {
                throw new IOException($"A local copy of {length} bytes has no room beside those that are being made, within the {bound} that are allowed.");
            }

            var copies = new DirectoryInfo(_folder).GetFiles().Where(copy => copy.Extension.Length == 0).OrderBy(copy => copy.LastAccessTimeUtc).ToList();
            for (var sum = copies.Sum(copy => copy.Length); sum > most && copies.Count > 0; copies.RemoveAt(0))
            {
                // Who reads it keeps it: a file that is open goes when it is closed.
                sum -= copies[0].Length;
                copies[0].Delete();
            }

            _reserved += length;
        }
    }
}
