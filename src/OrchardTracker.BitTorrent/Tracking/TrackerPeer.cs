using System.Net;

namespace OrchardTracker.BitTorrent;

/// <summary>A peer that a tracker names. Its id comes with dictionary replies only.</summary>
public readonly record struct TrackerPeer(IPAddress Address, int Port, PeerId? PeerId)
{
    public override string ToString() => new IPEndPoint(Address, Port).ToString();
}
