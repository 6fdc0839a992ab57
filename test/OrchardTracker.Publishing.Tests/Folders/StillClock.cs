namespace OrchardTracker.Publishing.Tests.Folders;

/// <summary>A clock that goes on when it is told to, while timers run as ever.</summary>
internal sealed class StillClock : TimeProvider
{
    private long _timestamp;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _timestamp);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _timestamp, by.Ticks);
}
