using System.Net;
using System.Net.Sockets;

namespace OrchardTracker.Tracker.Ports;

/// <summary>The ports of a tenant's own.</summary>
/// <param name="Address">On which they are opened; null for all addresses of the machine.</param>
/// <param name="Http">0 for none.</param>
/// <param name="Udp">0 for none.</param>
internal sealed record PortSettings(IPAddress? Address, int Http, int Udp)
{
    public static readonly PortSettings None = new(null, 0, 0);

    public IPEndPoint EndPoint(int port) => new(Address ?? (Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any), port);
}
