namespace OrchardTracker.Frontends;

/// <summary>The types of metrics that the text format knows and that instruments can become.</summary>
internal enum PrometheusKind
{
    Counter,
    Gauge,
    Histogram,
}
