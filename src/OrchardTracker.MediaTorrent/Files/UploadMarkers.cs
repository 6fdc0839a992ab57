using System.Text;

namespace OrchardTracker.MediaTorrent.Files;

/// <summary>
/// Remembers on disk which files are being written, so that after a crash the half ones are known: Orchard Core's store
/// writes a file at its place from the start. Thread-safe, and safe beside other processes.
/// </summary>
public sealed class UploadMarkers(string folder)
{
    private const int MostAttempts = 20;

    /// <summary>Marks a path until the result is disposed of.</summary>
    public UploadMark Mark(string path)
    {
        Directory.CreateDirectory(folder);
        for (var attempt = 1; ; attempt++)
        {
            var marker = Path.Combine(folder, $"{MediaPaths.Hash(path)}.{Guid.NewGuid():n}");
            try
            {
                // Open and locked as long as the process lives.
                var stream = new FileStream(marker, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 4_096, FileOptions.DeleteOnClose);
                stream.Write(Encoding.UTF8.GetBytes(path));
                stream.Flush(flushToDisk: false);
                return new UploadMark(stream);
            }
            catch (IOException) when (attempt < MostAttempts)
            {
                // Somebody looked at it between its creation and its locking.
            }
        }
    }

    /// <summary>Whether somebody is writing the file at this moment.</summary>
    public bool IsBeingWritten(string path) =>
        Directory.Exists(folder) && Directory.EnumerateFiles(folder, MediaPaths.Hash(path) + ".*").Where(IsMarker).Any(IsHeld);

    /// <summary>Finds what was being written when a process ended, and forgets it when it has been undone.</summary>
    /// <param name="undoAsync">Takes the path, and the file that was there before if that was put aside.</param>
    public async Task UndoAbandonedAsync(Func<string, string?, Task> undoAsync)
    {
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
        {
            try
            {
                if (IsMarker(file))
                {
                    await UndoAsync(file, undoAsync);
                }
                else if (!File.Exists(Path.ChangeExtension(file, null)))
                {
                    // What has come in its place was whole.
                    File.Delete(file);
                }
            }
            catch (IOException)
            {
                // Its process lives, or it has just gone by itself.
            }
        }
    }

    private static async Task UndoAsync(string marker, Func<string, string?, Task> undoAsync)
    {
        await using var stream = new FileStream(marker, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 4_096, FileOptions.DeleteOnClose);
        using var reader = new StreamReader(stream);
        if (await reader.ReadToEndAsync() is { Length: > 0 } path)
        {
            await undoAsync(path, File.Exists(UploadMark.AsideOf(marker)) ? UploadMark.AsideOf(marker) : null);
        }
    }

    private static bool IsMarker(string file) => !file.EndsWith(UploadMark.AsideExtension, StringComparison.Ordinal);

    private static bool IsHeld(string marker)
    {
        try
        {
            using var stream = new FileStream(marker, FileMode.Open, FileAccess.Read, FileShare.None);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
