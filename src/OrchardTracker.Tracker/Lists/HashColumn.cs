using System.Data.Common;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Tracker.Lists;

/// <summary>Info-hashes as they are stored: 40 hexadecimal digits in lower case.</summary>
internal static class HashColumn
{
    public static InfoHash Read(DbDataReader reader, int ordinal) =>
        InfoHash.TryParseHex(reader.GetString(ordinal).Trim(), out var hash) ? hash : throw new InvalidDataException("A stored info-hash is damaged.");

    public static InfoHash? ReadOptional(DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : Read(reader, ordinal);

    public static string? ReadText(this DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);
}
