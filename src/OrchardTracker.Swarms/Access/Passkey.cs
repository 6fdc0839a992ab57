using System.Buffers;
using System.Security.Cryptography;

namespace OrchardTracker.Swarms;

/// <summary>The secret in a user's announce URL: 16 bytes, written as 32 hexadecimal digits.</summary>
public readonly struct Passkey : IEquatable<Passkey>
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 16;

    /// <summary>Length as text.</summary>
    public const int TextLength = 2 * Length;

    private readonly UInt128 _value;

    /// <summary>Takes the key from exactly <see cref="Length"/> bytes.</summary>
    /// <exception cref="ArgumentException">The span is not 16 bytes long.</exception>
    public Passkey(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"A passkey has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _value = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>Reads 32 hexadecimal digits in either case; anything else is no passkey.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Passkey passkey)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (text.Length == TextLength && Convert.FromHexString(text, bytes, out _, out _) == OperationStatus.Done)
        {
            passkey = new Passkey(bytes);
            return true;
        }

        passkey = default;
        return false;
    }

    /// <summary>What is kept of a passkey: nobody can announce with it.</summary>
    public PasskeyDigest Digest()
    {
        Span<byte> bytes = stackalloc byte[Length];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, _value);
        SHA256.HashData(bytes, digest);
        return new PasskeyDigest(digest[..PasskeyDigest.Length]);
    }

    /// <summary>The key itself as 32 lower-case digits: for its owner's eyes, never for a log.</summary>
    public string Reveal()
    {
        Span<byte> bytes = stackalloc byte[Length];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, _value);
        return Convert.ToHexStringLower(bytes);
    }

    public bool Equals(Passkey other) => Digest() == other.Digest();

    public override bool Equals(object? obj) => obj is Passkey other && Equals(other);

    public override int GetHashCode() => Digest().GetHashCode();

    /// <summary>Says nothing, so that no log line ever tells a passkey.</summary>
    public override string ToString() => "(passkey)";

    public static bool operator ==(Passkey left, Passkey right) => left.Equals(right);

    public static bool operator !=(Passkey left, Passkey right) => !left.Equals(right);
}
