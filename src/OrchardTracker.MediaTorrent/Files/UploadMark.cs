namespace OrchardTracker.MediaTorrent.Files;

/// <summary>
/// A path that is being written, until it is disposed of. What was begun and neither committed nor put back is undone by
/// the next pass over the markers, as after a crash. Not thread-safe.
/// </summary>
public sealed class UploadMark : IDisposable
{
    internal const string AsideExtension = ".aside";

    // Behind the path, which cannot have it: what was there before lies aside, or is about to.
    internal const char Replaces = '\0';

    private readonly FileStream _marker;
    private readonly string _aside;
    private bool _hasAside;
    private bool _mustUndo;

    /// <param name="marker">Open and locked, with the path in it.</param>
    internal UploadMark(FileStream marker) => (_marker, _aside) = (marker, AsideOf(marker.Name));

    /// <summary>From now on what is at the path is nothing but half a file.</summary>
    public void Begin() => _mustUndo = true;

    /// <summary>
    /// Takes the file that is to be replaced out of the way. Whoever reads it reads on, to its end; were it overwritten
    /// where it is, its readers would get a mixture, and their locks would refuse the writer.
    /// </summary>
    /// <returns>False when it cannot be: on Windows, some readers hold a file fast.</returns>
    public bool TryPutAside(string file)
    {
        try
        {
            _marker.WriteByte((byte)Replaces);
            _marker.Flush(flushToDisk: false);
            File.Move(file, _aside);
            _hasAside = _mustUndo = true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Then it is overwritten where it is, if that can be.
        }

        return _hasAside;
    }

    /// <summary>Nothing came of it: what was there before is there again.</summary>
    public void PutBack(string file)
    {
        if (_hasAside)
        {
            File.Move(_aside, file, overwrite: true);
            _hasAside = false;
        }

        _mustUndo = false;
    }

    /// <summary>What was written counts.</summary>
    public void Commit() => _mustUndo = false;

    public void Dispose()
    {
        if (_mustUndo)
        {
            _marker.Dispose();
            return;
        }

        // In this order: what lies aside without a marker is not wanted any more.
        Close(_marker);
        if (_hasAside)
        {
            File.Delete(_aside);
        }
    }

    internal static string AsideOf(string marker) => marker + AsideExtension;

    /// <summary>Closes a marker and deletes it: empty, because between the two somebody may take it for one of a process that ended.</summary>
    internal static void Close(FileStream marker)
    {
        marker.SetLength(0);
        marker.Dispose();
        try
        {
            File.Delete(marker.Name);
        }
        catch (IOException)
        {
            // Who looks at it just now deletes it.
        }
    }
}
