using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace OrchardTracker.Swarms;

/// <summary>Asks the processor for memory that will be needed soon, without waiting for it.</summary>
internal static unsafe class CacheLine
{
    // Where a line is longer, some are asked for twice.
    private const int Length = 64;

    /// <summary>
    /// Asks for the line in which a value lies. Where the processor cannot be asked, the value is read: that waits, but for
    /// all that was asked for at once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch<T>(ref readonly T value)
        where T : unmanaged
    {
        ref var first = ref Unsafe.As<T, byte>(ref Unsafe.AsRef(in value));
        if (Sse.IsSupported)
        {
            // A collection may move what the pointer points to: then a line is fetched in vain, and nothing else happens.
            Sse.Prefetch0(Unsafe.AsPointer(ref first));
        }
        else
        {
            _ = Volatile.Read(in first);
        }
    }

    /// <summary>Asks for the line that tells an array's length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FetchHead<T>(T[] array)
        where T : unmanaged => Fetch(in MemoryMarshal.GetArrayDataReference(array));

    /// <summary>Asks for all lines of a span.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FetchAll(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i += Length)
        {
            Fetch(in bytes[i]);
        }
    }
}
