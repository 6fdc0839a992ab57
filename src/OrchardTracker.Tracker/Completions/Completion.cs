using OrchardTracker.BitTorrent;

namespace OrchardTracker.Tracker.Completions;

/// <summary>A download that became complete.</summary>
/// <param name="User">The user's number in a private tracker; 0 for nobody known.</param>
public readonly record struct Completion(InfoHash Torrent, int User, DateTimeOffset At);
