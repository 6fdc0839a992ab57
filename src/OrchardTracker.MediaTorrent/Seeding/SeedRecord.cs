using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Entries;

namespace OrchardTracker.MediaTorrent.Seeding;

/// <summary>A torrent that the site's seeder gives.</summary>
/// <param name="IsRestricted">Only peers are let in that have announced with the passkey of somebody who may have it.</param>
public sealed record SeedRecord(string EntryId, IReadOnlyList<InfoHash> InfoHashes, bool IsRestricted)
{
    public InfoHash First => InfoHashes[0];

    /// <summary>Of a hybrid; else null.</summary>
    public InfoHash? Second => InfoHashes.Count > 1 ? InfoHashes[1] : null;

    /// <returns>Null when there is no torrent.</returns>
    public static SeedRecord? Of(MediaEntry entry) => entry.GetHashes() is { Count: > 0 } hashes ? new(entry.EntryId, hashes, entry.IsRestricted) : null;

    /// <inheritdoc cref="Of(MediaEntry)"/>
    public static SeedRecord? Of(MediaEntryIndex row) =>
        Of(new MediaEntry { EntryId = row.EntryId, Path = row.Path, InfoHash = row.InfoHash, InfoHashV2 = row.InfoHashV2, IsRestricted = row.IsRestricted });

    public bool Equals(SeedRecord? other) =>
        other is not null && EntryId == other.EntryId && IsRestricted == other.IsRestricted && InfoHashes.SequenceEqual(other.InfoHashes);

    public override int GetHashCode() => HashCode.Combine(EntryId, InfoHashes[0]);
}
