using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OrchardTracker.BitTorrent;

/// <summary>The 20 bytes that a client gives itself (BEP 3); by custom they begin with its name and version (BEP 20).</summary>
[InlineArray(Length)]
public struct PeerId : IEquatable<PeerId>
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 20;

    private byte _first;

    /// <summary>Takes the id from exactly <see cref="Length"/> bytes.</summary>
    /// <exception cref="ArgumentException">The span is not 20 bytes long.</exception>
    public PeerId(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"A peer id has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        }

        bytes.CopyTo(MemoryMarshal.CreateSpan(ref _first, Length));
    }

    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Bytes => MemoryMarshal.CreateReadOnlySpan(in _first, Length);

    public readonly bool Equals(PeerId other) => Bytes.SequenceEqual(other.Bytes);

    public override readonly bool Equals([NotNullWhen(true)] object? obj) => obj is PeerId other && Equals(other);

    public override readonly int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>40 lower-case hexadecimal digits: a peer id is bytes, not text.</summary>
    public override readonly string ToString() => Convert.ToHexStringLower(Bytes);

    public static bool operator ==(PeerId left, PeerId right) => left.Equals(right);

    public static bool operator !=(PeerId left, PeerId right) => !left.Equals(right);
}
