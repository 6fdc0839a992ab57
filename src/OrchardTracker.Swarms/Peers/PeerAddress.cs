using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace OrchardTracker.Swarms;

/// <summary>An IPv4 or IPv6 address without a port, as a value. An IPv4 address mapped into IPv6 is an IPv4 address.</summary>
public readonly struct PeerAddress : IEquatable<PeerAddress>
{
    private const ulong MappedPrefix = 0x0000_FFFF_0000_0000;

    private PeerAddress(ulong network, ulong host, bool isV6)
    {
        Network = network;
        Host = host;
        IsV6 = isV6;
    }

    /// <summary>True for IPv6 addresses that hold no IPv4 address.</summary>
    public bool IsV6 { get; }

    /// <summary>The upper 64 bits of an IPv6 address; 0 for IPv4.</summary>
    public ulong Network { get; }

    /// <summary>The lower 64 bits of an IPv6 address; the address itself for IPv4.</summary>
    public ulong Host { get; }

    /// <summary>The IPv4 address, its first octet uppermost.</summary>
    public uint V4 => (uint)Host;

    public static PeerAddress FromV4(uint address) => new(0, address, isV6: false);

    /// <summary>Takes 4 or 16 bytes in network order.</summary>
    /// <exception cref="ArgumentException">Any other length.</exception>
    public static PeerAddress FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 4)
        {
            return FromV4(BinaryPrimitives.ReadUInt32BigEndian(bytes));
        }

        if (bytes.Length != 16)
        {
            throw new ArgumentException($"An address has 4 or 16 bytes, not {bytes.Length}.", nameof(bytes));
        }

        var network = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        var host = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        return network == 0 && (host & 0xFFFF_FFFF_0000_0000) == MappedPrefix
            ? FromV4((uint)host)
            : new PeerAddress(network, host, isV6: true);
    }

    public static PeerAddress From(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out var written)
            ? FromBytes(bytes[..written])
            : throw new ArgumentException("Not an IPv4 or IPv6 address.", nameof(address));
    }

    /// <summary>The number of bytes that <see cref="Write"/> writes: 4 or 16.</summary>
    public int Length => IsV6 ? 16 : 4;

    /// <summary>Writes the address in network order.</summary>
    public void Write(Span<byte> destination)
    {
        if (IsV6)
        {
            BinaryPrimitives.WriteUInt64BigEndian(destination, Network);
            BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Host);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, V4);
        }
    }

    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        Write(bytes);
        return new IPAddress(bytes[..Length]);
    }

    public AddressFamily Family => IsV6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;

    public bool Equals(PeerAddress other) => Host == other.Host && Network == other.Network && IsV6 == other.IsV6;

    public override bool Equals(object? obj) => obj is PeerAddress other && Equals(other);

    public override int GetHashCode() => (int)HashSeed.Mix(Network, Host);

    public override string ToString() => ToIPAddress().ToString();

    public static bool operator ==(PeerAddress left, PeerAddress right) => left.Equals(right);

    public static bool operator !=(PeerAddress left, PeerAddress right) => !left.Equals(right);
}
