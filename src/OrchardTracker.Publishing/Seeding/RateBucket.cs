namespace OrchardTracker.Publishing;

/// <summary>
/// Lets bytes through at a rate, those who wait in the order in which they came. Thread-safe.
/// </summary>
/// <param name="bytesPerSecond">0 for no bound.</param>
public sealed class RateBucket(long bytesPerSecond, TimeProvider time)
{
    // What was not used within it is lost.
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _free = TimeSpan.Zero;

    /// <summary>Of how many bytes a piece should be taken: about a tenth of a second's.</summary>
    public int Portion => bytesPerSecond == 0 ? int.MaxValue : (int)Math.Clamp(bytesPerSecond / 10, 16 << 10, int.MaxValue);

    /// <summary>Waits until the bytes may go.</summary>
    public ValueTask TakeAsync(int bytes, CancellationToken cancellationToken)
    {
        if (bytesPerSecond == 0)
        {
            return ValueTask.CompletedTask;
        }

        TimeSpan wait;
        lock (_gate)
        {
            var now = time.GetElapsedTime(_start);
            var begin = _free > now - Burst ? _free : now - Burst;
            _free = begin + TimeSpan.FromSeconds((double)bytes / bytesPerSecond);
            wait = _free - now;
        }

        return wait > TimeSpan.Zero ? new ValueTask(Task.Delay(wait, time, cancellationToken)) : ValueTask.CompletedTask;
    }
}
