using System.Globalization;
using System.Text;

namespace OrchardTracker.Tracker.Statistics;

/// <summary>Lines over the last minutes, at most an hour, as numbers for an SVG: no script draws it.</summary>
public sealed class LineChart
{
    public const int Width = 600;
    public const int Height = 140;

    // Five minutes.
    private const int FewestSamples = 60;

    private const int Top = 8;
    private const int Bottom = Height - 8;

    private readonly int _width;

    public LineChart(IReadOnlyList<TrackerSample> samples, params IReadOnlyList<(string Name, string Color, Func<TrackerSample, double> Value)> lines)
    {
        _width = Math.Max(FewestSamples, samples.Count);
        Highest = RoundUp(samples.SelectMany(sample => lines.Select(line => line.Value(sample))).DefaultIfEmpty().Max());
        Lines = [.. lines.Select(line => (line.Name, line.Color, Points([.. samples.Select(line.Value)])))];
    }

    /// <summary>Of how many minutes it tells: of as many as there are samples of, but not of so few that it would jump.</summary>
    public int Minutes => (int)Math.Round(_width * TrackerHistory.Interval.TotalMinutes);

    /// <summary>The value at the upper edge.</summary>
    public double Highest { get; }

    /// <summary>Names, colours, and points as the attribute of a <c>polyline</c>.</summary>
    public IReadOnlyList<(string Name, string Color, string Points)> Lines { get; }

    /// <summary>The newest is at the right edge.</summary>
    private string Points(double[] values)
    {
        var points = new StringBuilder();
        for (var i = 0; i < values.Length; i++)
        {
            var x = Width - (double)Width * (values.Length - 1 - i) / (_width - 1);
            var y = Bottom - (Bottom - Top) * values[i] / Highest;
            points.Append(i > 0 ? " " : "").Append(CultureInfo.InvariantCulture, $"{x:0.#},{y:0.#}");
        }

        return points.ToString();
    }

    /// <summary>The next of 1, 2, 5, 10, 20, …</summary>
    private static double RoundUp(double value)
    {
        for (double step = 1; ; step *= 10)
        {
            foreach (var factor in (double[])[1, 2, 5])
            {
                if (value <= step * factor)
                {
                    return step * factor;
                }
            }
        }
    }
}
