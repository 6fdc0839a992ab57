using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;

namespace OrchardTracker.Tracker.Statistics;

/// <summary>What a walk over the swarms has shown.</summary>
/// <param name="Top">The largest swarms, the largest first.</param>
/// <param name="Clients">Programs with how many of the peers that were looked at use them, the most used first; those of which no name is known are one, without a name.</param>
public sealed record SurveyResult(IReadOnlyList<(InfoHash Hash, SwarmCounts Counts)> Top, IReadOnlyList<(string? Client, int Peers)> Clients);
