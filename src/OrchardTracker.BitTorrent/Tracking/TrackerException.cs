namespace OrchardTracker.BitTorrent;

/// <summary>A tracker gave no answer that can be used.</summary>
public sealed class TrackerException(TrackerErrorKind kind, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public TrackerErrorKind Kind { get; } = kind;

    /// <summary>
    /// When to try again, where the tracker says so (<c>retry in</c>, BEP 31);
    /// <see cref="Timeout.InfiniteTimeSpan"/> means never.
    /// </summary>
    public TimeSpan? RetryIn { get; init; }
}
