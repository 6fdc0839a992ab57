namespace OrchardTracker.Publishing;

/// <summary>A file as it was found.</summary>
/// <param name="Path">Below the item it belongs to; of an item that is one file, its name.</param>
/// <param name="FullPath">On this machine.</param>
internal sealed record FolderFile(IReadOnlyList<string> Path, string FullPath, long Length, DateTime ModifiedUtc);
