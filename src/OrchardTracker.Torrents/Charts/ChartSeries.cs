namespace OrchardTracker.Torrents.Charts;

/// <summary>A line of a chart.</summary>
/// <param name="Name">For its readers.</param>
/// <param name="Style">What the style sheet knows it by.</param>
public sealed record ChartSeries(string Name, string Style, IReadOnlyList<double> Values);
