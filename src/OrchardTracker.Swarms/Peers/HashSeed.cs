using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace OrchardTracker.Swarms;

/// <summary>Mixes the values that strangers choose with a seed of this process.</summary>
internal static class HashSeed
{
    private static readonly ulong Seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) | 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Mix(ulong value)
    {
        var x = (value ^ Seed) * 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 32)) * Seed;
        return (uint)(x >> 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Mix(ulong first, ulong second) => Mix(((ulong)Mix(first) << 32 | first >> 32) ^ second * 0xD6E8FEB86659FD93);
}
