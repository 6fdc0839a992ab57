using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends;

/// <summary>The peers that an engine has written for a reply; the ids are empty in a compact one.</summary>
internal readonly ref struct GivenPeers(ReadOnlySpan<Endpoint4> v4, ReadOnlySpan<Endpoint6> v6, ReadOnlySpan<PeerId> ids4, ReadOnlySpan<PeerId> ids6)
{
    public ReadOnlySpan<Endpoint4> V4 { get; } = v4;

    public ReadOnlySpan<Endpoint6> V6 { get; } = v6;

    public ReadOnlySpan<PeerId> Ids4 { get; } = ids4;

    public ReadOnlySpan<PeerId> Ids6 { get; } = ids6;
}
