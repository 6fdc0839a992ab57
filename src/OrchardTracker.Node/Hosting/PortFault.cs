using System.Net;
using System.Net.Sockets;

namespace OrchardTracker.Node;

/// <summary>Why a port cannot be had, for the operator.</summary>
internal static class PortFault
{
    public static string Describe(string protocol, IPEndPoint endPoint, SocketError error, string message) => error switch
    {
        SocketError.AddressAlreadyInUse =>
            $"Tracker:Port: {protocol} port {endPoint.Port} on {endPoint.Address} is taken by another program. Stop that one, or set Tracker:Port to another port.",
        SocketError.AccessDenied =>
            $"Tracker:Port: {protocol} port {endPoint.Port} is not for everybody. Choose one above 1023, or give the node the right to it.",
        SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported =>
            $"Tracker:Address: {endPoint.Address} is no address of this machine.",
        _ => $"Tracker:Port: {protocol} port {endPoint.Port} on {endPoint.Address} cannot be opened: {message}",
    };
}
