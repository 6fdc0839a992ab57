namespace OrchardTracker.MediaTorrent.Settings;

/// <summary>What is to happen to a file.</summary>
/// <param name="Folder">The folder with which it becomes one torrent; null when it is one by itself.</param>
public readonly record struct MediaDecision(MediaChoices Choices, string? Folder);
