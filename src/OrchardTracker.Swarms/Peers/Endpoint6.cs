using System.Buffers.Binary;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OrchardTracker.Swarms;

/// <summary>An IPv6 endpoint in the 18 bytes of a compact reply (BEP 7).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly struct Endpoint6 : IPackedEndpoint<Endpoint6>
{
    /// <summary>Length on the wire in bytes.</summary>
    public const int Length = 18;

    // All in network order, as loaded from the wire.
    private readonly ulong _network;
    private readonly ulong _host;
    private readonly ushort _port;

    private Endpoint6(ulong network, ulong host, ushort port)
    {
        _network = network;
        _host = host;
        _port = port;
    }

    public static Endpoint6 From(in PeerAddress address, ushort port) => BitConverter.IsLittleEndian
        ? new(
            BinaryPrimitives.ReverseEndianness(address.Network),
            BinaryPrimitives.ReverseEndianness(address.Host),
            BinaryPrimitives.ReverseEndianness(port))
        : new(address.Network, address.Host, port);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Hash() => HashSeed.Mix(_network, _host ^ (ulong)_port << 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Equals(Endpoint6 other) => _host == other._host && _network == other._network && _port == other._port;

    public override bool Equals(object? obj) => obj is Endpoint6 other && Equals(other);

    public override int GetHashCode() => (int)Hash();

    public PeerAddress Address => PeerAddress.FromBytes(MemoryMarshal.AsBytes(new ReadOnlySpan<Endpoint6>(in this))[..16]);

    public ushort Port => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(_port) : _port;

    public IPEndPoint ToIPEndPoint() => new(ToIPAddress(), Port);

    public int FormatAddress(Span<byte> destination)
    {
        ToIPAddress().TryFormat(destination, out var length);
        return length;
    }

    private IPAddress ToIPAddress() => new(MemoryMarshal.AsBytes(new ReadOnlySpan<Endpoint6>(in this))[..16]);

    public override string ToString() => ToIPEndPoint().ToString();
}
