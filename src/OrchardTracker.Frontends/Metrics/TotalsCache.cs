using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends;

/// <summary>
/// The sizes of a store, for pages and metrics: counting takes time with each swarm, so it is done at most once in a
/// while, however many ask. Thread-safe.
/// </summary>
public sealed class TotalsCache(IPeerStore store, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);

    private readonly Lock _counting = new();
    private long _countedAt;
    private bool _wasCounted;
    private StoreTotals _totals;

    public StoreTotals Get()
    {
        lock (_counting)
        {
            if (!_wasCounted || time.GetElapsedTime(_countedAt) >= Lifetime)
            {
                _totals = store.GetTotals();
                _countedAt = time.GetTimestamp();
                _wasCounted = true;
            }

            return _totals;
        }
    }
}
