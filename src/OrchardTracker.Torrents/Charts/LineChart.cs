using System.Globalization;
using System.Text;

namespace OrchardTracker.Torrents.Charts;

/// <summary>Lines over days, as numbers for an SVG: no script draws it, and it prints.</summary>
public sealed class LineChart
{
    public const int Width = 640;
    public const int Height = 200;

    private const int Left = 8;
    private const int Right = Width - 8;
    private const int Top = 12;
    private const int Bottom = Height - 28;

    public LineChart(IReadOnlyList<DateOnly> days, IReadOnlyList<ChartSeries> series, Func<double, string>? format = null)
    {
        Days = days;
        Series = series;
        Format = format ?? (value => value.ToString("N0", CultureInfo.CurrentCulture));
        Highest = RoundUp(series.SelectMany(line => line.Values).DefaultIfEmpty().Max());
    }

    public IReadOnlyList<DateOnly> Days { get; }

    public IReadOnlyList<ChartSeries> Series { get; }

    /// <summary>Writes a value for people.</summary>
    public Func<double, string> Format { get; }

    /// <summary>The value at the upper edge.</summary>
    public double Highest { get; }

    /// <summary>Horizontal lines with the values they stand for, the lowest first.</summary>
    public IEnumerable<(double Y, double Value)> Grid => Enumerable.Range(0, 3).Select(step => (Y(Highest * step / 2), Highest * step / 2));

    /// <summary>The days that are named below the chart: the first, the one in the middle, the last.</summary>
    public IEnumerable<(double X, DateOnly Day, string Anchor)> Labels => Days.Count < 3
        ? Days.Select((day, index) => (X(index), day, "middle"))
        : [(X(0), Days[0], "start"), (X(Days.Count / 2), Days[Days.Count / 2], "middle"), (X(Days.Count - 1), Days[^1], "end")];

    /// <summary>The points of a line, as the attribute of a <c>polyline</c>.</summary>
    public string Points(ChartSeries line)
    {
        var points = new StringBuilder();
        for (var index = 0; index < line.Values.Count; index++)
        {
            points.Append(index > 0 ? " " : "").Append(CultureInfo.InvariantCulture, $"{X(index):0.#},{Y(line.Values[index]):0.#}");
        }

        return points.ToString();
    }

    private double X(int index) => Days.Count < 2 ? (Left + Right) / 2.0 : Left + ((double)(Right - Left) * index / (Days.Count - 1));

    private double Y(double value) => Bottom - ((Bottom - Top) * value / Highest);

    /// <summary>The next of 2, 4, 10, 20, 40, 100, …: half of it is a plain number as well.</summary>
    private static double RoundUp(double value)
    {
        for (double step = 1; ; step *= 10)
        {
            foreach (var factor in new[] { 2, 4, 10 })
            {
                if (value <= step * factor)
                {
                    return step * factor;
                }
            }
        }
    }
}
