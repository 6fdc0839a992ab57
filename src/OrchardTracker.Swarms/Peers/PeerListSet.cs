namespace OrchardTracker.Swarms;

/// <summary>The peers that announced one hash.</summary>
internal struct PeerListSet
{
    public PeerListOf<Endpoint4>? V4;
    public PeerListOf<Endpoint6>? V6;

    public readonly int Count => (V4?.Count ?? 0) + (V6?.Count ?? 0);

    public readonly long Size => (V4?.Size ?? 0) + (V6?.Size ?? 0);
}
