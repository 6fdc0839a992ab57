using System.Collections.Concurrent;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>What a store fails at, and what it was asked for.</summary>
internal sealed class StoreFaults
{
    /// <summary>What reading throws; nothing when null.</summary>
    public volatile Exception? Reading;

    /// <summary>What reading waits for; nothing when null.</summary>
    public volatile TaskCompletionSource? Gate;

    /// <summary>
    /// How fast files are read by their paths, as for hashing, beside those on their way to somewhere else; as fast as it
    /// goes when null.
    /// </summary>
    public volatile ReadingPace? Pace;

    /// <summary>How many times each file was opened.</summary>
    public ConcurrentDictionary<string, int> Opened { get; } = new();
}
