using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using OrchardTracker.Swarms;

namespace OrchardTracker.Tracker.Users;

/// <summary>
/// The secret of a site from which all passkeys of its users are derived: passkeys are stored nowhere, and whoever has the
/// database alone announces as nobody.
/// </summary>
public sealed class PasskeySecret
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 32;

    // What the secret is used for is part of what is hashed, so that another use could never yield the same values.
    private static readonly byte[] Purpose = "OrchardTracker passkey\0"u8.ToArray();

    private readonly byte[] _key;

    /// <exception cref="ArgumentException">The key has another length than <see cref="Length"/>.</exception>
    public PasskeySecret(byte[] key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, Length);
        _key = key;
    }

    /// <summary>The passkey of a user.</summary>
    /// <param name="generation">Another one for each passkey that he has had.</param>
    public Passkey Derive(string userId, long generation)
    {
        var length = Encoding.UTF8.GetByteCount(userId);
        var message = length <= 256 ? stackalloc byte[Purpose.Length + sizeof(long) + length] : new byte[Purpose.Length + sizeof(long) + length];
        Purpose.CopyTo(message);
        BinaryPrimitives.WriteInt64BigEndian(message[Purpose.Length..], generation);
        Encoding.UTF8.GetBytes(userId, message[(Purpose.Length + sizeof(long))..]);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, message, hash);
        return new Passkey(hash[..Passkey.Length]);
    }

    /// <summary>Says nothing, so that no log line ever tells it.</summary>
    public override string ToString() => "(secret)";
}
