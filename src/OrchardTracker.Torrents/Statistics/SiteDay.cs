namespace OrchardTracker.Torrents.Statistics;

/// <summary>The totals at the end of a day.</summary>
/// <param name="Date">In UTC.</param>
public sealed record SiteDay(DateOnly Date, SiteTotals Totals);
