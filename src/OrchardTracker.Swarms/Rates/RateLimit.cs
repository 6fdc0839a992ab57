namespace OrchardTracker.Swarms;

/// <summary>A steady rate, and how far above it one may go for a while.</summary>
public sealed record RateLimit
{
    /// <param name="perMinute">Requests per minute that may go on for ever; 1 to 60,000.</param>
    /// <param name="burst">Requests at once after a pause; 1 to 1,000,000.</param>
    public RateLimit(int perMinute, int burst)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perMinute, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(perMinute, 60_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(burst, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(burst, 1_000_000);
        PerMinute = perMinute;
        Burst = burst;
        TicksPerRequest = 60 * AddressRates.TicksPerSecond / perMinute;
        BurstTicks = TicksPerRequest * (burst - 1);
    }

    public int PerMinute { get; }

    public int Burst { get; }

    /// <summary>In the unit of <see cref="AddressRates"/>.</summary>
    internal long TicksPerRequest { get; }

    internal long BurstTicks { get; }
}
