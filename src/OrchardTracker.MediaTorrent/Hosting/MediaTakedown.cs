using OrchardCore.Modules;
using OrchardTracker.MediaTorrent.Entries;

namespace OrchardTracker.MediaTorrent.Hosting;

/// <summary>Takes torrents down whose files are gone, or that nobody wants any more. Scoped; the caller commits.</summary>
public sealed class MediaTakedown(
    MediaEntryStore entries,
    ITorrentStore torrents,
    IEnumerable<ITorrentCatalog> catalogs,
    MediaAftermath aftermath,
    IClock clock)
{
    /// <param name="state">What becomes of the entry: gone, or switched off.</param>
    public async Task RemoveAsync(MediaEntry entry, MediaEntryState state = MediaEntryState.Removed)
    {
        entry.State = state;
        entry.FinishedUtc = clock.UtcNow;
        entry.IsInCatalog = false;
        await entries.SaveAsync(entry);
        var hashes = entry.GetHashes();

        // Files with the same bytes and name share one torrent.
        if (hashes.Count > 0 && !(await entries.FindByHashAsync(hashes[0])).Any(other => other.EntryId != entry.EntryId && other.HasTorrent))
        {
            foreach (var catalog in catalogs)
            {
                await catalog.UnpublishAsync(hashes[0]);
            }

            await torrents.ReleaseAsync(hashes[0], MediaTorrentFeatures.MediaTorrent);
            aftermath.TakeDown(hashes);
        }
    }
}
