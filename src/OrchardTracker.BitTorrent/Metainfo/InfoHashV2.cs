using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OrchardTracker.BitTorrent;

/// <summary>The SHA-256 of a v2 <c>info</c> dictionary (BEP 52), whole. Trackers know it by <see cref="Truncated"/>.</summary>
[InlineArray(Length)]
public struct InfoHashV2 : IEquatable<InfoHashV2>
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 32;

    private byte _first;

    /// <summary>Takes the hash from exactly <see cref="Length"/> bytes.</summary>
    /// <exception cref="ArgumentException">The span is not 32 bytes long.</exception>
    public InfoHashV2(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"A v2 info-hash has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        }

        bytes.CopyTo(MemoryMarshal.CreateSpan(ref _first, Length));
    }

    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Bytes => MemoryMarshal.CreateReadOnlySpan(in _first, Length);

    /// <summary>The first 20 bytes: the name under which trackers and the DHT know the torrent (BEP 52).</summary>
    public readonly InfoHash Truncated => new(Bytes[..InfoHash.Length]);

    /// <summary>Reads 64 hexadecimal digits in either case.</summary>
    public static bool TryParseHex(ReadOnlySpan<char> hex, out InfoHashV2 hash)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (hex.Length == 2 * Length
            && Convert.FromHexString(hex, bytes, out _, out _) == System.Buffers.OperationStatus.Done)
        {
            hash = new InfoHashV2(bytes);
            return true;
        }

        hash = default;
        return false;
    }

    public readonly bool Equals(InfoHashV2 other) => Bytes.SequenceEqual(other.Bytes);

    public override readonly bool Equals([NotNullWhen(true)] object? obj) => obj is InfoHashV2 other && Equals(other);

    // Of a torrent's own hash, not of one that anybody announces: no seed is needed.
    public override readonly int GetHashCode() => BinaryPrimitives.ReadInt32LittleEndian(Bytes);

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override readonly string ToString() => Convert.ToHexStringLower(Bytes);

    public static bool operator ==(InfoHashV2 left, InfoHashV2 right) => left.Equals(right);

    public static bool operator !=(InfoHashV2 left, InfoHashV2 right) => !left.Equals(right);
}
