using System.Text;
using OrchardCore.FileStorage;

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
                var stream = new FileStream(marker, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
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

    /// <summary>Forgets what was to be undone at a path: it has been written whole since.</summary>
    public void Settle(string path)
    {
        foreach (var marker in Directory.GetFiles(folder, MediaPaths.Hash(path) + ".*").Where(IsMarker).Where(marker => !IsHeld(marker)))
        {
            File.Delete(marker);
        }
    }

    /// <summary>
    /// Finds what was being written when a process ended, or could not be undone, and forgets it when it has been undone.
    /// </summary>
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
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or FileStoreException)
            {
                // Its process lives, it has just gone by itself, or it cannot be undone now: then the next pass does.
            }
        }
    }

    private static async Task UndoAsync(string marker, Func<string, string?, Task> undoAsync)
    {
        await using var stream = new FileStream(marker, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        using var reader = new StreamReader(stream, leaveOpen: true);
        var text = await reader.ReadToEndAsync();
        var path = text.TrimEnd(UploadMark.Replaces);
        var aside = File.Exists(UploadMark.AsideOf(marker)) ? UploadMark.AsideOf(marker) : null;

        // What replaces a file that does not lie aside has not begun, or is undone already.
        if (path.Length > 0 && (aside is not null || path.Length == text.Length))
        {
            await undoAsync(path, aside);
        }

        UploadMark.Close(stream);
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
