namespace OrchardTracker.MediaTorrent.Hosting;

/// <summary>An entry that is to be hashed.</summary>
/// <param name="Name">For people.</param>
/// <param name="IsChanged">Whether hashing that goes on already is of bytes that are there no more.</param>
/// <param name="IsFolder">It changes file by file: better wait until it has come to rest.</param>
public readonly record struct MediaOrder(string EntryId, string Name, bool IsChanged, bool IsFolder = false);
