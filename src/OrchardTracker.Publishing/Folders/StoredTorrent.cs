namespace OrchardTracker.Publishing;

/// <summary>What stands beside a kept torrent.</summary>
internal sealed record StoredTorrent(string Name, string Fingerprint, DateTimeOffset PublishedAt);
