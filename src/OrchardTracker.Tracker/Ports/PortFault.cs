using System.Net.Sockets;

namespace OrchardTracker.Tracker.Ports;

/// <summary>A port that is wanted and cannot be had.</summary>
/// <param name="Detail">What the system says.</param>
internal sealed record PortFault(PortKind Kind, int Port, PortTrouble Trouble, string Detail)
{
    public static PortFault Of(PortKind kind, int port, Exception error)
    {
        // A web server wraps what the system says.
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socketError)
            {
                return new PortFault(kind, port, TroubleOf(kind, port, socketError.SocketErrorCode), socketError.Message);
            }
        }

        return new PortFault(kind, port, PortTrouble.Other, error.Message);
    }

    private static PortTrouble TroubleOf(PortKind kind, int port, SocketError error) => error switch
    {
        SocketError.AddressAlreadyInUse => TenantPorts.IsOfATenant(kind, port) ? PortTrouble.OfAnotherTenant : PortTrouble.Taken,
        SocketError.AccessDenied => PortTrouble.NotPermitted,
        SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported => PortTrouble.AddressUnknown,
        _ => PortTrouble.Other,
    };
}
