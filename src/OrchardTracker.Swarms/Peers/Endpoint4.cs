using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OrchardTracker.Swarms;

/// <summary>An IPv4 endpoint in the 6 bytes of a compact reply (BEP 23).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly struct Endpoint4 : IPackedEndpoint<Endpoint4>
{
    /// <summary>Length on the wire in bytes.</summary>
    public const int Length = 6;

    // Both in network order, as loaded from the wire.
    private readonly uint _address;
    private readonly ushort _port;

    private Endpoint4(uint address, ushort port)
    {
        _address = address;
        _port = port;
    }

    public static Endpoint4 From(in PeerAddress address, ushort port) => new(
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(address.V4) : address.V4,
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(port) : port);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Hash() => HashSeed.Mix((ulong)_address << 16 | _port);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Equals(Endpoint4 other) => _address == other._address && _port == other._port;

    public override bool Equals(object? obj) => obj is Endpoint4 other && Equals(other);

    public override int GetHashCode() => (int)Hash();

    public PeerAddress Address => PeerAddress.FromV4(BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(_address) : _address);

    public ushort Port => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(_port) : _port;

    public IPEndPoint ToIPEndPoint() => new(new IPAddress(MemoryMarshal.AsBytes(new ReadOnlySpan<Endpoint4>(in this))[..4]), Port);

    public int FormatAddress(Span<byte> destination)
    {
        var length = 0;
        foreach (var octet in MemoryMarshal.AsBytes(new ReadOnlySpan<Endpoint4>(in this))[..4])
        {
            if (length > 0)
            {
                destination[length++] = (byte)'.';
            }

            octet.TryFormat(destination[length..], out var written, provider: CultureInfo.InvariantCulture);
            length += written;
        }

        return length;
    }

    public override string ToString() => ToIPEndPoint().ToString();
}
