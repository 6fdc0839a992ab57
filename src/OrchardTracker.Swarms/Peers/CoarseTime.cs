namespace OrchardTracker.Swarms;

/// <summary>
/// The system's monotonic clock as it was at its last tick, a few milliseconds ago at most, at a fifth of what the exact
/// time costs. Peers age by seconds and rates are of whole requests: nothing here needs more.
/// </summary>
public sealed class CoarseTime : TimeProvider
{
    private static readonly CoarseTime Instance = new();

    private CoarseTime()
    {
    }

    public override long TimestampFrequency => 1_000;

    public override long GetTimestamp() => Environment.TickCount64;

    /// <returns>The coarse clock for the system's; any other clock as it is.</returns>
    public static TimeProvider For(TimeProvider time) => ReferenceEquals(time, System) ? Instance : time;
}
