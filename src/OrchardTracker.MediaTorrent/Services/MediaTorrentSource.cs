using System.Runtime.CompilerServices;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Hosting;
using OrchardTracker.MediaTorrent.Seeding;
using YesSql;
using ISession = YesSql.ISession;

namespace OrchardTracker.MediaTorrent.Services;

/// <summary>Names the media torrents to the tracker, and those that it is to refuse.</summary>
internal sealed class MediaTorrentSource(ISession session, MediaAftermath aftermath, IEnumerable<ITorrentCatalog> catalogs) : ITorrentSource
{
    public async IAsyncEnumerable<SourcedTorrent> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = await session.QueryIndex<MediaEntryIndex>(index => index.InfoHash != null, MediaEntryStore.Collection).ListAsync(cancellationToken);

        // What one entry has lost another may still have.
        foreach (var rowsOfTorrent in rows.GroupBy(row => row.InfoHash))
        {
            if (SeedRecord.Of(rowsOfTorrent.First()) is { InfoHashes: var hashes })
            {
                var isDown = rowsOfTorrent.All(row => row.State is nameof(MediaEntryState.Removed) or nameof(MediaEntryState.Off));
                if (!isDown && rowsOfTorrent.Any(row => row.IsInCatalog) && catalogs.Any())
                {
                    // The catalogue speaks for it, and may have taken it off its pages.
                    continue;
                }

                yield return new SourcedTorrent(hashes[0], hashes.Count > 1 ? hashes[1] : null, isDown ? aftermath.Reason : null);
            }
        }
    }
}
