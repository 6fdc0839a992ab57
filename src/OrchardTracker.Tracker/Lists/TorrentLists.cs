using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Data;
using OrchardTracker.Tracker.Hosting;
using OrchardTracker.Tracker.Services;

namespace OrchardTracker.Tracker.Lists;

/// <summary>
/// The tracker's own lists: torrents that are registered by hand, and torrents that are blocked for good, whoever brings
/// them again. What changes here is in force at once.
/// </summary>
public sealed class TorrentLists(TrackerDatabase database, SiteTracker tracker, ListsVersion version, TimeProvider time)
{
    private readonly TorrentTable _registered = new(database, time, "Torrents", hasReason: false);
    private readonly TorrentTable _blocked = new(database, time, "Blocks", hasReason: true);

    private TorrentClaims Claims => tracker.Tenant.Torrents;

    /// <summary>Registers torrents.</summary>
    /// <returns>How many were new, and how many of them stay refused because they are blocked.</returns>
    public async Task<(int Added, int Blocked)> RegisterAsync(IEnumerable<ListedTorrent> torrents, string? by)
    {
        var added = await _registered.AddAsync(torrents, by);
        var blocked = added.Count(torrent => !Claims.Set(new TorrentEntry(torrent.Hash, torrent.V2), Claimant.List));
        await version.ChangeAsync();
        return (added.Count, blocked);
    }

    /// <returns>How many were registered.</returns>
    public async Task<int> UnregisterAsync(IEnumerable<InfoHash> hashes)
    {
        var removed = await _registered.RemoveAsync(hashes);
        removed.ForEach(torrent => Claims.Remove(torrent.Hash, Claimant.List));
        await version.ChangeAsync();
        return removed.Count;
    }

    /// <summary>Blocks torrents: announces for them are refused from now on, and their peers are forgotten.</summary>
    /// <returns>How many were not blocked yet.</returns>
    public async Task<int> BlockAsync(IEnumerable<ListedTorrent> torrents, string? by)
    {
        var blocked = await _blocked.AddAsync(torrents, by);
        blocked.ForEach(torrent => Claims.SetBlock(torrent.Hash, torrent.V2, Claimant.List));
        await version.ChangeAsync();
        return blocked.Count;
    }

    /// <returns>How many blocks were lifted.</returns>
    public async Task<int> UnblockAsync(IEnumerable<InfoHash> hashes)
    {
        var lifted = await _blocked.RemoveAsync(hashes);
        lifted.ForEach(torrent => Claims.LiftBlock(torrent.Hash, Claimant.List));
        await version.ChangeAsync();
        return lifted.Count;
    }

    /// <summary>Sets how a torrent counts in the accounts of its users, by its first hash.</summary>
    public async Task SetTermsAsync(InfoHash hash, TorrentTerms terms)
    {
        await database.ExecuteAsync("DELETE FROM <Terms> WHERE [Hash] = @hash", ("hash", hash.ToString()));
        if (terms != TorrentTerms.Usual)
        {
            await database.ExecuteAsync(
                "INSERT INTO <Terms> ([Hash], [UploadPercent], [DownloadPercent]) VALUES (@hash, @up, @down)",
                ("hash", hash.ToString()),
                ("up", terms.UploadPercent),
                ("down", terms.DownloadPercent));
        }

        Claims.SetTerms(hash, terms, Claimant.List);
        await version.ChangeAsync();
    }

    public Task<long> CountAsync(bool blocked, string? search) => (blocked ? _blocked : _registered).CountAsync(search);

    /// <summary>A page of a list, the newest first.</summary>
    public Task<List<ListedTorrent>> ListAsync(bool blocked, string? search, int skip, int take) =>
        (blocked ? _blocked : _registered).ListAsync(search, skip, take);

    /// <summary>Tells the tracker all that is in the lists, after a start or when another server has changed them.</summary>
    internal async Task LoadAsync()
    {
        Claims.BeginPass(Claimant.List);
        await foreach (var torrent in _registered.ReadAllAsync())
        {
            Claims.Set(new TorrentEntry(torrent.Hash, torrent.V2), Claimant.List);
        }

        await foreach (var torrent in _blocked.ReadAllAsync())
        {
            Claims.SetBlock(torrent.Hash, torrent.V2, Claimant.List);
        }

        var terms = await database.QueryAsync(
            "SELECT [Hash], [UploadPercent], [DownloadPercent] FROM <Terms>",
            reader => (Hash: HashColumn.Read(reader, 0), Terms: new TorrentTerms(Convert.ToInt32(reader.GetValue(1)), Convert.ToInt32(reader.GetValue(2)))));
        terms.ForEach(entry => Claims.SetTerms(entry.Hash, entry.Terms, Claimant.List));
        Claims.EndPass(Claimant.List);
    }
}
