namespace OrchardTracker.MediaTorrent.Files;

/// <summary>A path that is being written, until it is disposed of: then what was written counts. Not thread-safe.</summary>
/// <param name="marker">Open and locked; it goes when it is closed.</param>
public sealed class UploadMark(FileStream marker) : IDisposable
{
    internal const string AsideExtension = ".aside";

    private readonly string _aside = AsideOf(marker.Name);

    /// <summary>Whether the file that was there before lies aside.</summary>
    public bool HasAside { get; private set; }

    /// <summary>
    /// Takes the file that is to be replaced out of the way. Whoever reads it reads on, to its end; were it overwritten
    /// where it is, its readers would get a mixture, and their locks would refuse the writer.
    /// </summary>
    /// <returns>False when it cannot be: on Windows, some readers hold a file fast.</returns>
    public bool TryPutAside(string file)
    {
        try
        {
            File.Move(file, _aside);
            HasAside = true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Then it is overwritten where it is, if that can be.
        }

        return HasAside;
    }

    /// <summary>Nothing came of it: what was there before is there again.</summary>
    public void PutBack(string file)
    {
        if (HasAside)
        {
            File.Move(_aside, file, overwrite: true);
            HasAside = false;
        }
    }

    public void Dispose()
    {
        // In this order: what lies aside without a marker is not wanted any more.
        marker.Dispose();
        if (HasAside)
        {
            File.Delete(_aside);
        }
    }

    internal static string AsideOf(string marker) => marker + AsideExtension;
}
