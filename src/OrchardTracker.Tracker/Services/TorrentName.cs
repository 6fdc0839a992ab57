namespace OrchardTracker.Tracker.Services;

/// <summary>What a torrent is called.</summary>
/// <param name="ContentItemId">Of the site's page about it, if there is one.</param>
public sealed record TorrentName(string Text, string? ContentItemId);
