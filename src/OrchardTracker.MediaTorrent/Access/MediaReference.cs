namespace OrchardTracker.MediaTorrent.Access;

/// <summary>That a content item has a file in a media field.</summary>
/// <param name="IsOffered">Whether the field offers its files as torrents.</param>
public readonly record struct MediaReference(string Path, bool IsOffered);
