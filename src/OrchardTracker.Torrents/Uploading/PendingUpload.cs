namespace OrchardTracker.Torrents.Uploading;

/// <summary>A file that somebody has uploaded and not yet saved as a torrent.</summary>
/// <param name="Number">Counts the files of a batch.</param>
public sealed record PendingUpload(int Number, string FileName, ReadOnlyMemory<byte> Bytes);
