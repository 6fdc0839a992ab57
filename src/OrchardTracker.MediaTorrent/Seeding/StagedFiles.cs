using System.Collections.Concurrent;

namespace OrchardTracker.MediaTorrent.Seeding;

/// <summary>
/// Local copies of files that a store keeps elsewhere, up to a bound: those that were not read for the longest time go
/// first. A copy is made once, however many ask for it. Thread-safe.
/// </summary>
public sealed class StagedFiles(string folder)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _copying = new();
    private readonly Lock _room = new();

    /// <param name="key">Names the bytes: another content has another key.</param>
    /// <param name="bound">Bytes of all copies together.</param>
    /// <exception cref="IOException">The file is longer than the bound, or is not as long as it should be.</exception>
    public async Task<string> GetAsync(string key, long length, long bound, Func<Task<Stream>> open, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, key);
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
        Directory.CreateDirectory(folder);
        MakeRoom(bound - length);
        var part = file + ".part";
        await using (var source = await open())
        await using (var target = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await source.CopyToAsync(target);
            if (target.Length != length)
            {
                throw new IOException($"The store gave {target.Length} bytes of a file of {length}.");
            }
        }

        File.Move(part, file, overwrite: true);
        return file;
    }

    private void MakeRoom(long most)
    {
        lock (_room)
        {
            var copies = new DirectoryInfo(folder).GetFiles().Where(copy => copy.Extension.Length == 0).OrderBy(copy => copy.LastAccessTimeUtc).ToList();
            for (var sum = copies.Sum(copy => copy.Length); sum > most && copies.Count > 0; copies.RemoveAt(0))
            {
                // Who reads it keeps it: a file that is open goes when it is closed.
                sum -= copies[0].Length;
                copies[0].Delete();
            }
        }
    }
}
