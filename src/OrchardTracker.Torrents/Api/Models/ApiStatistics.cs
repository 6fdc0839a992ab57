using OrchardTracker.Torrents.Statistics;

namespace OrchardTracker.Torrents.Api.Models;

/// <summary>What the site shows of itself; counted at most once a minute.</summary>
public sealed record ApiStatistics(SiteTotals Totals, int Swarms, int Peers, IReadOnlyList<SiteDay> Days, IReadOnlyList<ClientShare> Clients);
