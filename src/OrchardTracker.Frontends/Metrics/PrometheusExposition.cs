using System.Diagnostics.Metrics;
using System.Text;

namespace OrchardTracker.Frontends;

/// <summary>
/// Instruments of System.Diagnostics.Metrics in the text format that Prometheus reads (version 0.0.4). Thread-safe.
/// </summary>
public sealed class PrometheusExposition : IDisposable
{
    /// <summary>The content type of what is written.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly Lock _gate = new();
    private readonly Lock _writing = new();
    private readonly Dictionary<Instrument, PrometheusMetric> _metrics = [];
    private readonly MeterListener _listener = new();

    /// <param name="isExposed">Which instruments to listen to. One that is not only observed costs time wherever it is used.</param>
    public PrometheusExposition(Predicate<Instrument> isExposed)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (isExposed(instrument) && PrometheusMetric.For(instrument) is { } metric)
            {
                lock (_gate)
                {
                    _metrics[instrument] = metric;
                }

                listener.EnableMeasurementEvents(instrument, metric);
            }
        };
        _listener.MeasurementsCompleted = (instrument, _) =>
        {
            lock (_gate)
            {
                _metrics.Remove(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<byte>((_, value, tags, metric) => Record(metric, value, tags));
        _listener.SetMeasurementEventCallback<short>((_, value, tags, metric) => Record(metric, value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, metric) => Record(metric, value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, metric) => Record(metric, value, tags));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, metric) => Record(metric, value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, metric) => Record(metric, value, tags));
        _listener.SetMeasurementEventCallback<decimal>((_, value, tags, metric) => Record(metric, (double)value, tags));
        _listener.Start();
    }

    /// <summary>Observes what is to be observed, and writes everything.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        lock (_writing)
        {
            PrometheusMetric[] metrics;
            lock (_gate)
            {
                metrics = [.. _metrics.Values];
            }

            Array.ForEach(metrics, metric => metric.Begin());
            _listener.RecordObservableInstruments();

            // Instruments of several meters may share a name: of several tenants, for example.
            foreach (var family in metrics.GroupBy(metric => metric.Name).OrderBy(family => family.Key, StringComparer.Ordinal))
            {
                WriteFamily(text, family.First(), family);
            }
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private static void WriteFamily(StringBuilder text, PrometheusMetric first, IEnumerable<PrometheusMetric> family)
    {
        if (first.Help is { Length: > 0 } help)
        {
            text.Append("# HELP ").Append(first.Name).Append(' ');
            PrometheusNames.Escape(text, help, quotes: false);
            text.Append('\n');
        }

        text.Append("# TYPE ").Append(first.Name).Append(' ').Append(first.Kind.ToString().ToLowerInvariant()).Append('\n');
        foreach (var metric in family.Where(metric => metric.Kind == first.Kind))
        {
            metric.Write(text);
        }
    }

    private static void Record(object? metric, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        ((PrometheusMetric)metric!).Record(value, tags);
}
