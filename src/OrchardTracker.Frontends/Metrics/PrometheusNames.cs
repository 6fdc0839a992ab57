using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace OrchardTracker.Frontends;

/// <summary>Names, labels and numbers as the Prometheus text format (0.0.4) wants them.</summary>
internal static class PrometheusNames
{
    private static readonly Dictionary<string, string> Units = new()
    {
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["By"] = "bytes",
        ["%"] = "percent",
        ["1"] = "ratio",
        ["Cel"] = "celsius",
    };

    /// <summary>An instrument's name with its unit, and with <c>_total</c> where it only grows.</summary>
    public static string NameOf(Instrument instrument, PrometheusKind kind)
    {
        var name = Clean(instrument.Name);
        if (instrument.Unit is { Length: > 0 } unit && unit[0] != '{' && !(unit == "1" && kind != PrometheusKind.Gauge))
        {
            var suffix = "_" + Units.GetValueOrDefault(unit, Clean(unit));
            name = name.EndsWith(suffix, StringComparison.Ordinal) ? name : name + suffix;
        }

        return kind == PrometheusKind.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    /// <summary>Labels between the braces, sorted; empty when there are none.</summary>
    public static string Labels(IEnumerable<KeyValuePair<string, object?>> tags)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in tags.Select(tag => (Clean(tag.Key), tag.Value)).OrderBy(tag => tag.Item1, StringComparer.Ordinal))
        {
            text.Append(text.Length > 0 ? "," : "").Append(name).Append("=\"");
            Escape(text, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", quotes: true);
            text.Append('"');
        }

        return text.ToString();
    }

    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    public static void Escape(StringBuilder text, string value, bool quotes)
    {
        foreach (var character in value)
        {
            _ = character switch
            {
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '"' when quotes => text.Append("\\\""),
                _ => text.Append(character),
            };
        }
    }

    private static string Clean(string name)
    {
        var clean = string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) || character == '_' ? character : '_'));
        return clean.Length == 0 || char.IsAsciiDigit(clean[0]) ? "_" + clean : clean;
    }
}
