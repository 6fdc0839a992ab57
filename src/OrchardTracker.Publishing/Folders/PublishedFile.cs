namespace OrchardTracker.Publishing;

/// <summary>A file of a published torrent, as it was when it was hashed.</summary>
/// <param name="EntityTag">Opaque, without quotes: the same tag is the same bytes.</param>
public sealed record PublishedFile(string FullPath, long Length, DateTime ModifiedUtc, string EntityTag)
{
    /// <summary>Whether the file on the disk is still the one that was hashed, as far as size and time tell.</summary>
    public bool IsUnchanged()
    {
        var file = new FileInfo(FullPath);
        return file.Exists && file.Length == Length && file.LastWriteTimeUtc == ModifiedUtc && file.LinkTarget is null;
    }
}
