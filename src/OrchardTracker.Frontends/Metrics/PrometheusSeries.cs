using System.Text;

namespace OrchardTracker.Frontends;

/// <summary>One metric with one set of labels. Not thread-safe.</summary>
internal sealed class PrometheusSeries(string labels, double[] bounds)
{
    private readonly long[] _buckets = new long[bounds.Length];
    private long _count;
    private double _value;

    public void Set(double value) => _value = value;

    public void Add(double value) => _value += value;

    public void Observe(double value)
    {
        _count++;
        _value += value;
        for (var i = 0; i < bounds.Length; i++)
        {
            _buckets[i] += value <= bounds[i] ? 1 : 0;
        }
    }

    public void Write(StringBuilder text, string name, PrometheusKind kind)
    {
        if (kind != PrometheusKind.Histogram)
        {
            Line(text, name, "", PrometheusNames.Number(_value));
            return;
        }

        for (var i = 0; i < bounds.Length; i++)
        {
            Line(text, name + "_bucket", $"le=\"{PrometheusNames.Number(bounds[i])}\"", $"{_buckets[i]}");
        }

        Line(text, name + "_bucket", "le=\"+Inf\"", $"{_count}");
        Line(text, name + "_sum", "", PrometheusNames.Number(_value));
        Line(text, name + "_count", "", $"{_count}");
    }

    private void Line(StringBuilder text, string name, string label, string value)
    {
        var all = labels.Length > 0 && label.Length > 0 ? $"{labels},{label}" : labels + label;
        text.Append(name);
        if (all.Length > 0)
        {
            text.Append('{').Append(all).Append('}');
        }

        text.Append(' ').Append(value).Append('\n');
    }
}
