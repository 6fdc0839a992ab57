using System.Diagnostics.Metrics;
using System.Text;

namespace OrchardTracker.Frontends;

/// <summary>One instrument with all its labels. Thread-safe.</summary>
internal sealed class PrometheusMetric
{
    // Labels come from code, yet a mistake there must not eat the memory.
    private const int MaxSeries = 2_000;

    // What OpenTelemetry takes where an instrument gives no advice.
    private static readonly double[] UsualBounds = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, PrometheusSeries> _series = [];
    private readonly Instrument _instrument;
    private readonly bool _adds;
    private readonly double[] _bounds;

    private PrometheusMetric(Instrument instrument, PrometheusKind kind, bool adds, double[] bounds)
    {
        _instrument = instrument;
        _adds = adds;
        _bounds = bounds;
        Kind = kind;
        Name = PrometheusNames.NameOf(instrument, kind);
    }

    public string Name { get; }

    public PrometheusKind Kind { get; }

    public string? Help => _instrument.Description;

    /// <returns>Null for a kind of instrument that is not known here.</returns>
    public static PrometheusMetric? For(Instrument instrument)
    {
        var type = instrument.GetType();
        if (!type.IsGenericType)
        {
            return null;
        }

        var generic = type.GetGenericTypeDefinition();
        return generic switch
        {
            _ when generic == typeof(Counter<>) => new(instrument, PrometheusKind.Counter, adds: true, []),
            _ when generic == typeof(ObservableCounter<>) => new(instrument, PrometheusKind.Counter, adds: false, []),
            _ when generic == typeof(UpDownCounter<>) => new(instrument, PrometheusKind.Gauge, adds: true, []),
            _ when generic == typeof(ObservableUpDownCounter<>) || generic == typeof(ObservableGauge<>) || generic == typeof(Gauge<>) =>
                new(instrument, PrometheusKind.Gauge, adds: false, []),
            _ when generic == typeof(Histogram<>) => new(instrument, PrometheusKind.Histogram, adds: true, BoundsOf(instrument)),
            _ => null,
        };
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = PrometheusNames.Labels([.. tags, .. _instrument.Tags ?? [], .. _instrument.Meter.Tags ?? []]);
        lock (_gate)
        {
            if (!_series.TryGetValue(labels, out var series))
            {
                if (_series.Count >= MaxSeries)
                {
                    return;
                }

                _series.Add(labels, series = new PrometheusSeries(labels, _bounds));
            }

            if (Kind == PrometheusKind.Histogram)
            {
                series.Observe(value);
            }
            else if (_adds)
            {
                series.Add(value);
            }
            else
            {
                series.Set(value);
            }
        }
    }

    /// <summary>An observed instrument tells all it has each time: what it no longer tells is gone.</summary>
    public void Begin()
    {
        if (_instrument.IsObservable)
        {
            lock (_gate)
            {
                _series.Clear();
            }
        }
    }

    public void Write(StringBuilder text)
    {
        lock (_gate)
        {
            foreach (var series in _series.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                series.Value.Write(text, Name, Kind);
            }
        }
    }

    private static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        _ => UsualBounds,
    };
}
