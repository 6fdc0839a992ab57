namespace OrchardTracker.MediaTorrent.Files;

/// <summary>Deletes what processes have left half written that were killed.</summary>
internal static class Leftovers
{
    /// <summary>Whoever writes one of the files holds it open until it is whole and elsewhere: that one stays.</summary>
    public static void Delete(string folder, string pattern)
    {
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, pattern) : [])
        {
            try
            {
                using (new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                }

                File.Delete(file);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Somebody writes it, or it is whole and elsewhere by now.
            }
        }
    }
}
