using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms;

/// <summary>
/// Where a store writes the peers of a reply. The endpoints lie as on the wire; each span's length bounds its family.
/// The ids are written only where their spans are as long as the endpoints'.
/// </summary>
public readonly ref struct PeerSpace(Span<Endpoint4> v4, Span<Endpoint6> v6, Span<PeerId> ids4 = default, Span<PeerId> ids6 = default)
{
    public Span<Endpoint4> V4 { get; } = v4;

    public Span<Endpoint6> V6 { get; } = v6;

    public Span<PeerId> Ids4 { get; } = ids4;

    public Span<PeerId> Ids6 { get; } = ids6;
}
