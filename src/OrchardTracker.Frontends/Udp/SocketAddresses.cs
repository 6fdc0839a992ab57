using System.Net;
using System.Net.Sockets;
using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends;

/// <summary>Reads the system's form of an address (<c>sockaddr_in</c>, <c>sockaddr_in6</c>).</summary>
internal static class SocketAddresses
{
    // Systems differ in how they number families, and some put a length before it: their own example tells.
    private static readonly ushort FamilyV6 = BitConverter.ToUInt16(new SocketAddress(AddressFamily.InterNetworkV6).Buffer.Span);

    public static PeerAddress Read(ReadOnlySpan<byte> address) => BitConverter.ToUInt16(address) == FamilyV6
        ? PeerAddress.FromBytes(address.Slice(8, 16))
        : PeerAddress.FromBytes(address.Slice(4, 4));
}
