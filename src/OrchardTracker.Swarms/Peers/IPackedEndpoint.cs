using System.Net;

namespace OrchardTracker.Swarms;

/// <summary>An address and a port as they stand in a compact reply, in network order.</summary>
public interface IPackedEndpoint<TSelf> : IEquatable<TSelf>
    where TSelf : unmanaged, IPackedEndpoint<TSelf>
{
    /// <summary>A hash under a seed of this process: nobody outside can choose where it falls.</summary>
    uint Hash();

    IPEndPoint ToIPEndPoint();

    PeerAddress Address { get; }

    ushort Port { get; }

    /// <summary>Writes the address as text in UTF-8; 45 bytes are always enough.</summary>
    /// <returns>How many were written.</returns>
    int FormatAddress(Span<byte> destination);

    static abstract TSelf From(in PeerAddress address, ushort port);
}
