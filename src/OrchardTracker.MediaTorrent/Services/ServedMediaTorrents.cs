using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Entries;

namespace OrchardTracker.MediaTorrent.Services;

/// <summary>
/// Writes the present trackers and web seeds into a torrent for the visitor of the current request. Scoped. Asks nobody
/// whether he may have it.
/// </summary>
public sealed class ServedMediaTorrents(
    ITorrentStore store, IEnumerable<IAnnounceUrls> announceUrls, IEnumerable<IWebSeedSource> webSeeds, MediaUrls urls)
{
    private readonly Dictionary<string, ServedMediaTorrent?> _made = [];

    /// <returns>Null when there is no torrent.</returns>
    public async Task<ServedMediaTorrent?> FindAsync(MediaEntry entry)
    {
        if (!_made.TryGetValue(entry.EntryId, out var torrent))
        {
            _made[entry.EntryId] = torrent = await MakeAsync(entry);
        }

        return torrent;
    }

    private async Task<ServedMediaTorrent?> MakeAsync(MediaEntry entry)
    {
        if (!entry.HasTorrent || entry.GetHashes() is not [var infoHash, ..] || await store.FindAsync(infoHash) is not { } kept)
        {
            return null;
        }

        var trackers = announceUrls.LastOrDefault() is { } own ? await own.GetAsync() : new AnnounceUrls([], IsPersonal: false);
        List<string> seeds = [];
        foreach (var source in webSeeds)
        {
            seeds.AddRange(await source.GetAsync(kept));
        }

        // New contents are another torrent: who has this one asks there (BEP 39).
        var update = entry.IsRestricted ? null : new BencodeString(urls.Complete(urls.TorrentOf(entry)));
        var torrent = kept.With(new MetainfoEdit().SetTrackers(trackers.Tiers).SetWebSeeds([.. seeds.Distinct()]).Set("update-url", update));
        var isPersonal = trackers.IsPersonal || entry.IsRestricted;
        return new ServedMediaTorrent(torrent, isPersonal, entry.IsRestricted && !trackers.IsPersonal ? null : MagnetLink.For(torrent).ToString());
    }
}
