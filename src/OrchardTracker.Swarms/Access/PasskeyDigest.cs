using System.Buffers.Binary;

namespace OrchardTracker.Swarms;

/// <summary>
/// The first 16 bytes of a passkey's SHA-256. Looking it up tells by its time nothing of the passkey: who guesses
/// cannot steer the digest.
/// </summary>
public readonly record struct PasskeyDigest
{
    public const int Length = 16;

    private readonly UInt128 _value;

    internal PasskeyDigest(ReadOnlySpan<byte> bytes) => _value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
}
