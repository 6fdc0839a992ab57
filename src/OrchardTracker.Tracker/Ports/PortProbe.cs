using System.Net;
using System.Net.Sockets;

namespace OrchardTracker.Tracker.Ports;

/// <summary>Finds out whether a port can be had, before it is asked for.</summary>
internal static class PortProbe
{
    /// <returns>Null when it can.</returns>
    public static PortFault? Find(PortKind kind, IPEndPoint endPoint)
    {
        try
        {
            using var socket = kind == PortKind.Http
                ? new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
                : new Socket(endPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            if (endPoint.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(endPoint);
            if (kind == PortKind.Http)
            {
                // Only then a port on which somebody listens is told from one that was left a moment ago.
                socket.Listen(1);
            }

            return null;
        }
        catch (SocketException error)
        {
            return PortFault.Of(kind, endPoint.Port, error);
        }
    }
}
