namespace OrchardTracker.Swarms;

/// <summary>
/// Request rates per address in a table of fixed size. Each entry holds the time at which the address will have worked
/// off its requests; four entries share a set, and the one that is idle longest gives way. IPv6 counts by /64, which is
/// what one customer has.
/// </summary>
public sealed class AddressRates
{
    /// <summary>Fine enough that the highest rate is kept within a hundredth, coarse enough for years in 44 bits.</summary>
    public const long TicksPerSecond = 100_000;

    private const int Ways = 4;
    private const int Sets = 1 << 15;
    private const int TagShift = 44;
    private const long TimeMask = (1L << TagShift) - 1;

    private readonly long[] _entries = new long[Sets * Ways];
    private readonly TimeProvider _time;
    private readonly long _start;

    public AddressRates(TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
    }

    /// <summary>Counts a request.</summary>
    /// <returns>Zero when it is within the limit; else how long the address should wait.</returns>
    public TimeSpan Take(in PeerAddress address, RateLimit limit)
    {
        // Entries of unused places are 0: the clock starts at one, not at zero.
        var now = _time.GetElapsedTime(_start).Ticks / (TimeSpan.TicksPerSecond / TicksPerSecond) + 1;
        var hash = address.IsV6 ? HashSeed.Mix(address.Network, 1) : HashSeed.Mix(address.Host);
        var set = (int)(hash % Sets) * Ways;
        var tag = (long)(HashSeed.Mix(address.Network, address.IsV6 ? hash : address.Host << 32) & 0xF_FFFF) << TagShift;
        while (true)
        {
            ref var entry = ref Find(set, tag);
            var seen = Volatile.Read(ref entry);
            var busyUntil = (seen & ~TimeMask) == tag ? Math.Max(seen & TimeMask, now) : now;
            var over = busyUntil - now - limit.BurstTicks;
            if (over > 0)
            {
                return TimeSpan.FromSeconds((double)over / TicksPerSecond);
            }

            if (Interlocked.CompareExchange(ref entry, tag | ((busyUntil + limit.TicksPerRequest) & TimeMask), seen) == seen)
            {
                return TimeSpan.Zero;
            }
        }
    }

    private ref long Find(int set, long tag)
    {
        var oldest = set;
        for (var place = set; place < set + Ways; place++)
        {
            if ((_entries[place] & ~TimeMask) == tag)
            {
                return ref _entries[place];
            }

            if ((_entries[place] & TimeMask) < (_entries[oldest] & TimeMask))
            {
                oldest = place;
            }
        }

        return ref _entries[oldest];
    }
}
