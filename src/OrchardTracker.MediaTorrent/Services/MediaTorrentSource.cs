using System.Runtime.CompilerServices;
using OrchardCore.Modules;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Hosting;
using OrchardTracker.MediaTorrent.Seeding;
using YesSql;
using ISession = YesSql.ISession;

namespace OrchardTracker.MediaTorrent.Services;

/// <summary>Names the media torrents to the tracker, and those that it is to refuse.</summary>
internal sealed class MediaTorrentSource(
    ISession session,
    MediaEntryStore entries,
    EntryCursor cursor,
    TenantPublishing publishing,
    MediaAftermath aftermath,
    IEnumerable<ITorrentCatalog> catalogs,
    IEnumerable<ISiteTracker> trackers,
    IClock clock) : ITorrentSource
{
    private const int HashesAtOnce = 200;

    public async IAsyncEnumerable<SourcedTorrent> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = await session.QueryIndex<MediaEntryIndex>(index => index.InfoHash != null, MediaEntryStore.Collection).ListAsync(cancellationToken);
        foreach (var rowsOfTorrent in rows.GroupBy(row => row.InfoHash))
        {
            if (SeedRecord.Of(rowsOfTorrent.First()) is { } record && !IsOfCatalog(rowsOfTorrent))
            {
                yield return new SourcedTorrent(record.First, record.Second, IsDown(rowsOfTorrent) ? aftermath.Reason : null);
            }
        }
    }

    /// <summary>Tells the tracker, and the seeder, what other servers of the site have made and taken down.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        if (cursor.Row is not { } last)
        {
            cursor.Begin(await entries.GetLastRowAsync(cancellationToken));
            return;
        }

        var saved = (await entries.ListSavedAfterAsync(last, cancellationToken)).Where(row => !cursor.HasRead(row.Id)).ToList();
        if (saved.Count > 0)
        {
            // Also what an entry had before: nobody else may have that any more.
            var hashes = saved.Select(SeedRecord.Of).OfType<SeedRecord>().Select(record => record.First)
                .Concat(publishing.Seeder.ListOf(saved.Select(row => row.EntryId))).Distinct();

            // Databases take only so many values in a query.
            foreach (var some in hashes.Chunk(HashesAtOnce))
            {
                var rows = (await entries.ListOfAsync(some, cancellationToken)).ToLookup(row => row.InfoHash);
                Array.ForEach(some, hash => Follow(hash, [.. rows[hash.ToString()]]));
            }
        }

        cursor.Pass(saved.Select(row => row.Id), clock.UtcNow);
    }

    private void Follow(InfoHash hash, IReadOnlyList<MediaEntryIndex> rows)
    {
        if (IsDown(rows))
        {
            publishing.Seeder.Remove(hash);
        }
        else
        {
            publishing.Seeder.Set(SeedRecord.Of(rows.First(row => !IsDown(row)))!);
        }

        if (rows.Count == 0 || IsOfCatalog(rows))
        {
            return;
        }

        var record = SeedRecord.Of(rows[0])!;
        foreach (var tracker in trackers)
        {
            if (IsDown(rows))
            {
                tracker.Refuse(record.First, record.Second, aftermath.Reason);
            }
            else
            {
                tracker.Serve(record.First, record.Second);
            }
        }
    }

    /// <summary>Whether the catalogue speaks for a torrent, which it may have taken off its pages.</summary>
    private bool IsOfCatalog(IEnumerable<MediaEntryIndex> rows) => !IsDown(rows) && rows.Any(row => row.IsInCatalog) && catalogs.Any();

    // What one entry has lost another may still have.
    private static bool IsDown(IEnumerable<MediaEntryIndex> rows) => rows.All(IsDown);

    private static bool IsDown(MediaEntryIndex row) => row.State is nameof(MediaEntryState.Removed) or nameof(MediaEntryState.Off);
}
