namespace OrchardTracker.MediaTorrent.Files;

/// <summary>
/// A hint that something in the media store is not as it was. Hints may be lost (a crash), late or doubled: whoever acts
/// on one looks into the store first.
/// </summary>
/// <param name="Path">The file or folder; empty for a sweep.</param>
/// <param name="NewPath">Where a moved file is now, or a copy.</param>
public readonly record struct MediaChange(MediaChangeKind Kind, string Path, string? NewPath = null);
