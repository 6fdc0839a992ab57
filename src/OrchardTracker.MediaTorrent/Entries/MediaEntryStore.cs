using OrchardCore.Modules;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Files;
using YesSql;
using YesSql.Services;
using IIdGenerator = OrchardCore.Entities.IIdGenerator;

namespace OrchardTracker.MediaTorrent.Entries;

/// <summary>Finds and keeps entries, in the session of the current scope. Scoped.</summary>
public sealed class MediaEntryStore(ISession session, IIdGenerator ids, IClock clock)
{
    public const string Collection = "MediaTorrent";

    /// <summary>The entry of a path; null when there is none, or it was removed.</summary>
    public Task<MediaEntry?> FindByPathAsync(string path)
    {
        var hash = MediaPaths.Hash(path);
        return session.Query<MediaEntry, MediaEntryIndex>(
            index => index.PathHash == hash && index.State != nameof(MediaEntryState.Removed), Collection).FirstOrDefaultAsync()!;
    }

    public Task<MediaEntry?> FindAsync(string entryId) =>
        session.Query<MediaEntry, MediaEntryIndex>(index => index.EntryId == entryId, Collection).FirstOrDefaultAsync()!;

    public Task<IEnumerable<MediaEntry>> FindAsync(IEnumerable<string> entryIds)
    {
        string[] wanted = [.. entryIds];
        return session.Query<MediaEntry, MediaEntryIndex>(index => index.EntryId.IsIn(wanted), Collection).ListAsync();
    }

    /// <summary>The entries of those paths that have one.</summary>
    public Task<IEnumerable<MediaEntry>> FindByPathsAsync(IEnumerable<string> paths)
    {
        string[] hashes = [.. paths.Select(MediaPaths.Hash)];
        return session.Query<MediaEntry, MediaEntryIndex>(
            index => index.PathHash.IsIn(hashes) && index.State != nameof(MediaEntryState.Removed), Collection).ListAsync();
    }

    /// <summary>All entries whose torrent has the hash now: files with the same bytes and name share one.</summary>
    public Task<IEnumerable<MediaEntry>> FindByHashAsync(InfoHash infoHash)
    {
        var hex = infoHash.ToString();
        return session.Query<MediaEntry, MediaEntryIndex>(
            index => (index.InfoHash == hex || index.InfoHashV2 == hex) && index.State != nameof(MediaEntryState.Removed),
            Collection).ListAsync();
    }

    /// <summary>The entries of everything below a folder.</summary>
    public async Task<IReadOnlyList<MediaEntry>> FindUnderAsync(string folder)
    {
        var prefix = folder + "/";
        var found = await session.Query<MediaEntry, MediaEntryIndex>(
            index => index.Path.StartsWith(prefix) && index.State != nameof(MediaEntryState.Removed), Collection).ListAsync();

        // Databases differ in whether they tell upper case from lower.
        return [.. found.Where(entry => entry.Path.StartsWith(prefix, StringComparison.Ordinal))];
    }

    public Task<IEnumerable<MediaEntryIndex>> ListAsync(MediaEntryState state)
    {
        var name = state.ToString();
        return session.QueryIndex<MediaEntryIndex>(index => index.State == name, Collection).ListAsync();
    }

    /// <summary>All that have a torrent which may be handed out.</summary>
    public Task<IEnumerable<MediaEntryIndex>> ListOffersAsync() => session.QueryIndex<MediaEntryIndex>(
        index => index.InfoHash != null && index.State != nameof(MediaEntryState.Removed) && index.State != nameof(MediaEntryState.Off), Collection).ListAsync();

    /// <summary>The torrents of the entries that were saved after a row, in order: each time one is saved, its row gets a new number.</summary>
    public Task<IEnumerable<MediaEntryIndex>> ListSavedAfterAsync(long row, CancellationToken cancellationToken) => session
        .QueryIndex<MediaEntryIndex>(index => index.Id > row && index.InfoHash != null, Collection).OrderBy(index => index.Id).ListAsync(cancellationToken);

    public async Task<long> GetLastRowAsync(CancellationToken cancellationToken) =>
        (await session.QueryIndex<MediaEntryIndex>(Collection).OrderByDescending(index => index.Id).FirstOrDefaultAsync(cancellationToken))?.Id ?? 0;

    /// <summary>All that has, or had until it was taken down, one of the torrents.</summary>
    public Task<IEnumerable<MediaEntryIndex>> ListOfAsync(IEnumerable<InfoHash> infoHashes, CancellationToken cancellationToken)
    {
        string[] wanted = [.. infoHashes.Select(hash => hash.ToString())];
        return session.QueryIndex<MediaEntryIndex>(index => index.InfoHash.IsIn(wanted), Collection).ListAsync(cancellationToken);
    }

    /// <summary>What is known of the store, without the documents.</summary>
    public Task<IEnumerable<MediaEntryIndex>> ListKnownAsync() =>
        session.QueryIndex<MediaEntryIndex>(index => index.State != nameof(MediaEntryState.Removed), Collection).ListAsync();

    /// <summary>The entry by which a path is offered: its own, or that of a folder it is in.</summary>
    public async Task<MediaEntry?> FindOfferAsync(string path)
    {
        if (await FindByPathAsync(path) is { } entry)
        {
            return entry;
        }

        foreach (var folder in MediaPaths.FoldersOf(path))
        {
            if (await FindByPathAsync(folder) is { IsFolder: true } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The entries that have a file in their torrents, or are to have it: its own, and those of the folders it is in.</summary>
    public async Task<IReadOnlyList<MediaEntry>> FindContainingAsync(string path) =>
        [.. (await FindByPathsAsync([path, .. MediaPaths.FoldersOf(path)])).Where(entry => entry.IsFolder || entry.Path == path)];

    public MediaEntry Create(string path) => new() { EntryId = ids.GenerateUniqueId(), Path = path, CreatedUtc = clock.UtcNow };

    /// <exception cref="ConcurrencyException">Thrown when the session ends: somebody else changed the entry meanwhile.</exception>
    public Task SaveAsync(MediaEntry entry) => session.SaveAsync(entry, checkConcurrency: entry.Id != 0, Collection);

    public void Delete(MediaEntry entry) => session.Delete(entry, Collection);

    public IQuery<MediaEntry, MediaEntryIndex> Query() => session.Query<MediaEntry, MediaEntryIndex>(Collection);
}
