namespace OrchardTracker.Swarms;

/// <summary>How a tracker behaves: one immutable value, replaced as a whole, read without locks.</summary>
public sealed record TrackerSettings
{
    public TrackerMode Mode { get; init; } = TrackerMode.Open;

    /// <summary>Between two regular announces of a client.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Clients shall not announce more often than this, whatever their users press.</summary>
    public TimeSpan MinInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Up to this share is added to the interval at random, so that clients spread out; 0 to 1.</summary>
    public double IntervalJitter { get; init; } = 0.1;

    /// <summary>Peers for a client that does not say how many it wants; at most <see cref="MaxWanted"/> are given.</summary>
    public int DefaultWanted { get; init; } = 50;

    /// <summary>Peers for one that wants very many; at most <see cref="MostWanted"/>.</summary>
    public int MaxWanted { get; init; } = 100;

    /// <summary>No reply ever holds more peers than this.</summary>
    public const int MostWanted = 500;

    /// <summary>The longest <see cref="TrackerId"/> in bytes.</summary>
    public const int MaxTrackerIdLength = 64;

    /// <summary>Sent as <c>tracker id</c> (BEP 3), which clients send back; none when empty.</summary>
    public ReadOnlyMemory<byte> TrackerId { get; init; }

    public StoreLimits Limits { get; init; } = new();

    /// <summary>Requests of one address; null takes all.</summary>
    public RateLimit? Rate { get; init; } = new(perMinute: 1200, burst: 5000);

    public bool AllowsScrape { get; init; } = true;

    /// <summary>A scrape without a hash is answered with all swarms. Costly, and tells everybody what is tracked.</summary>
    public bool AllowsFullScrape { get; init; }

    /// <summary>No HTTP scrape ever holds more hashes than this.</summary>
    public const int MostScrapeHashes = 256;

    /// <summary>Hashes in one HTTP scrape; at most <see cref="MostScrapeHashes"/>.</summary>
    public int MaxScrapeHashes { get; init; } = 100;

    public ClientRules Clients { get; init; } = ClientRules.AllowAll;

    public AddressBans Bans { get; init; } = AddressBans.None;

    /// <summary>Tell clients the address they are seen under (BEP 24).</summary>
    public bool TellsExternalAddress { get; init; } = true;

    /// <exception cref="ArgumentException">The settings contradict themselves or leave their bounds.</exception>
    internal void ThrowIfUnusable()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Interval, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(MinInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MinInterval, Interval);
        if (IntervalJitter is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(IntervalJitter), IntervalJitter, "The jitter is a share from 0 to 1.");
        }

        if (Interval * (1 + IntervalJitter) >= Limits.PeerLifetime)
        {
            throw new ArgumentException(
                $"Peers live {Limits.PeerLifetime} and announce every {Interval} with a jitter of {IntervalJitter}: they would be dropped before they announce again. Raise {nameof(StoreLimits.PeerLifetime)} or lower {nameof(Interval)}.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(DefaultWanted);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxWanted);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxWanted, MostWanted);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxScrapeHashes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxScrapeHashes, MostScrapeHashes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TrackerId.Length, MaxTrackerIdLength);
    }
}
