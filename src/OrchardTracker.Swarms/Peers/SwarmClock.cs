namespace OrchardTracker.Swarms;

/// <summary>
/// Time since the store was made, monotonic. Peers remember it in ticks of 8 seconds, 16 bits wide: it wraps after six
/// days, so no peer may live longer than <see cref="LongestLifetime"/>.
/// </summary>
internal sealed class SwarmClock(TimeProvider time)
{
    public const int SecondsPerTick = 8;

    public static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(1);

    private readonly long _start = time.GetTimestamp();

    public long Milliseconds => (long)time.GetElapsedTime(_start).TotalMilliseconds;

    public ushort Tick => ToTick(Milliseconds);

    public static ushort ToTick(long milliseconds) => (ushort)(milliseconds / (SecondsPerTick * 1000));

    public static int AgeInTicks(ushort now, ushort then) => (ushort)(now - then);

    public static int TicksIn(TimeSpan span) => (int)(span.TotalSeconds / SecondsPerTick);
}
