namespace OrchardTracker.Torrents.Statistics;

/// <summary>What the site shows of itself.</summary>
/// <param name="Swarms">On the site's own tracker, with or without a torrent in the list; so are the peers.</param>
/// <param name="Days">The course, the oldest first, today last.</param>
/// <param name="Clients">The most used first, in the swarms with the most peers.</param>
public sealed record SiteStatistics(
    SiteTotals Totals, int Swarms, int Peers, IReadOnlyList<SiteDay> Days, IReadOnlyList<ClientShare> Clients);
