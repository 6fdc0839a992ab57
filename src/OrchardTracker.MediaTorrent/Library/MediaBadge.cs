namespace OrchardTracker.MediaTorrent.Library;

/// <summary>What the media library's page shows beside a file.</summary>
/// <param name="State">A <see cref="Entries.MediaEntryState"/>, by name.</param>
/// <param name="Text">In the reader's language.</param>
/// <param name="Url">The list of media torrents with this file, where something can be done to it.</param>
public sealed record MediaBadge(string Path, string State, string Text, bool IsHidden, string Url);
