using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends;

/// <summary>Reads an <c>info_hash</c>: 20 bytes, percent-encoded.</summary>
internal static class HashParameter
{
    public static Failure Read(ReadOnlySpan<char> value, out InfoHash hash)
    {
        Span<byte> bytes = stackalloc byte[InfoHash.Length];
        var length = PercentEncoding.Decode(value, bytes);
        hash = length == InfoHash.Length ? new InfoHash(bytes) : default;
        return length == InfoHash.Length ? Failure.None : length < 0 ? Failure.EscapeInvalid : Failure.InfoHashInvalid;
    }
}
