using OrchardTracker.Frontends;
using OrchardTracker.Swarms;

namespace OrchardTracker.Tracker.Statistics;

/// <summary>The last hour of a tracker, a sample every few seconds. In memory; thread-safe.</summary>
internal sealed class TrackerHistory(TrackerEngine engine, TotalsCache totals, TimeProvider time)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>An hour.</summary>
    public const int MostSamples = 720;

    private static readonly Failure[] Failures = [.. Enum.GetValues<Failure>().Where(failure => failure != Failure.None)];

    private readonly Lock _gate = new();
    private readonly Queue<TrackerSample> _samples = new(MostSamples);
    private long _observedAt = time.GetTimestamp();
    private long _announces;
    private long _failures;

    /// <summary>Takes a sample when it is time for one.</summary>
    public void Observe()
    {
        var elapsed = time.GetElapsedTime(_observedAt);
        if (elapsed < Interval)
        {
            return;
        }

        var announces = engine.Counters.Read(TrackerCounter.Announces4) + engine.Counters.Read(TrackerCounter.Announces6);
        var failures = Failures.Sum(engine.Counters.Read);
        var now = totals.Get();
        var sample = new TrackerSample(
            time.GetUtcNow(),
            (announces - _announces) / elapsed.TotalSeconds,
            (failures - _failures) / elapsed.TotalSeconds,
            now.Seeders,
            now.Leechers);
        (_observedAt, _announces, _failures) = (time.GetTimestamp(), announces, failures);
        lock (_gate)
        {
            if (_samples.Count == MostSamples)
            {
                _samples.Dequeue();
            }

            _samples.Enqueue(sample);
        }
    }

    /// <summary>The samples, the oldest first.</summary>
    public IReadOnlyList<TrackerSample> Read()
    {
        lock (_gate)
        {
            return [.. _samples];
        }
    }
}
