using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OrchardTracker.BitTorrent;

/// <summary>
/// The 20 bytes under which trackers know a torrent: the SHA-1 of a v1 <c>info</c> dictionary (BEP 3), or the first
/// 20 bytes of the SHA-256 of a v2 one (BEP 52).
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public readonly struct InfoHash : IEquatable<InfoHash>, IComparable<InfoHash>
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 20;

    // Anybody can choose the hashes he announces; the seed keeps him from choosing where they fall in our tables.
    private static readonly ulong Seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly uint _c;

    /// <summary>Takes the hash from exactly <see cref="Length"/> bytes.</summary>
    /// <exception cref="ArgumentException">The span is not 20 bytes long.</exception>
    public InfoHash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"An info-hash has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);
    }

    /// <summary>Reads 40 hexadecimal digits in either case.</summary>
    public static bool TryParseHex(ReadOnlySpan<char> hex, out InfoHash hash)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (hex.Length == 2 * Length
            && Convert.FromHexString(hex, bytes, out _, out _) == System.Buffers.OperationStatus.Done)
        {
            hash = new InfoHash(bytes);
            return true;
        }

        hash = default;
        return false;
    }

    /// <summary>Writes the 20 bytes as they stand on the wire.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than 20 bytes.</exception>
    public void CopyTo(Span<byte> destination)
    {
        if (destination.Length < Length)
        {
            throw new ArgumentException($"An info-hash needs {Length} bytes.", nameof(destination));
        }

        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], _c);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>40 lower-case hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Equals(InfoHash other) => _a == other._a && _b == other._b && _c == other._c;

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is InfoHash other && Equals(other);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override int GetHashCode()
    {
        var x = (_a ^ Seed) * 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 32) ^ _b) * 0xD6E8FEB86659FD93;
        x = (x ^ (x >> 32) ^ _c) * 0xD6E8FEB86659FD93;
        return (int)(x ^ (x >> 32));
    }

    public int CompareTo(InfoHash other)
    {
        var order = _a.CompareTo(other._a);
        if (order == 0)
        {
            order = _b.CompareTo(other._b);
        }

        return order == 0 ? _c.CompareTo(other._c) : order;
    }

    public static bool operator ==(InfoHash left, InfoHash right) => left.Equals(right);

    public static bool operator !=(InfoHash left, InfoHash right) => !left.Equals(right);
}
