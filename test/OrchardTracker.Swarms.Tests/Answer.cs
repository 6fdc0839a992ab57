using System.Net;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests;

/// <summary>What a store has answered, taken out of its spans.</summary>
public sealed record Answer(AnnounceOutcome Outcome, IReadOnlyList<IPEndPoint> V4, IReadOnlyList<IPEndPoint> V6, IReadOnlyList<PeerId> Ids)
{
    public SwarmCounts Counts => Outcome.Counts;

    /// <summary>IPv4 first, in the order of <see cref="Ids"/>.</summary>
    public IEnumerable<IPEndPoint> Peers => V4.Concat(V6);

    public static Answer Of(IPeerStore store, in PeerAnnounce announce, int room4 = 200, int room6 = 200)
    {
        var v4 = new Endpoint4[room4];
        var v6 = new Endpoint6[room6];
        var ids4 = new PeerId[room4];
        var ids6 = new PeerId[room6];
        var outcome = store.Announce(announce, new PeerSpace(v4, v6, ids4, ids6));
        return new Answer(
            outcome,
            [.. v4.Take(outcome.Written4).Select(endpoint => endpoint.ToIPEndPoint())],
            [.. v6.Take(outcome.Written6).Select(endpoint => endpoint.ToIPEndPoint())],
            [.. ids4.Take(outcome.Written4), .. ids6.Take(outcome.Written6)]);
    }
}
