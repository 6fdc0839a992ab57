using System.Diagnostics.CodeAnalysis;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Torrents.Api;

/// <summary>Info-hashes as callers write them.</summary>
internal static class ApiHash
{
    /// <summary>Takes 40 hexadecimal digits, or the 64 of a whole v2 hash.</summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out string? hash)
    {
        hash = InfoHashV2.TryParseHex(text, out var v2) ? v2.Truncated.ToString()
            : InfoHash.TryParseHex(text, out var v1) ? v1.ToString()
            : null;
        return hash is not null;
    }
}
