using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Models;

namespace OrchardTracker.Torrents.Services;

/// <summary>
/// Torrents as they are handed to the visitor of the current request: the site's own trackers and web seeds are written in
/// now, since the site may change its address, and the others as the content item has them. The identity stays.
/// </summary>
public sealed class ServedTorrents(
    ITorrentStore store, OtherTrackers others, IServiceProvider services, IEnumerable<IWebSeedSource> webSeeds)
{
    private readonly Dictionary<TorrentPart, ServedTorrent?> _found = [];

    /// <returns>Null when the site has lost the bytes.</returns>
    public async Task<ServedTorrent?> FindAsync(TorrentPart part)
    {
        if (!_found.TryGetValue(part, out var torrent))
        {
            torrent = await MakeAsync(part);
            _found.Add(part, torrent);
        }

        return torrent;
    }

    private async Task<ServedTorrent?> MakeAsync(TorrentPart part)
    {
        if (part.GetHashes() is not var (hash, _) || await store.FindAsync(hash) is not { } kept)
        {
            return null;
        }

        var named = await others.OfAsync(part.Trackers);
        var isKept = part.KeepsTrackers && named.Count > 0;
        var own = !isKept && services.GetService(typeof(IAnnounceUrls)) is IAnnounceUrls urls ? await urls.GetAsync() : new AnnounceUrls([], IsPersonal: false);
        IReadOnlyList<string>[] tiers = [.. own.Tiers, .. named];
        List<string> seeds = [];
        foreach (var source in webSeeds)
        {
            seeds.AddRange(await source.GetAsync(kept));
        }

        var edit = new MetainfoEdit().SetTrackers(tiers).SetWebSeeds([.. seeds.Concat(part.WebSeeds.Where(UrlText.IsWebSeed)).Distinct()]);
        return new ServedTorrent(kept.With(edit), own.IsPersonal);
    }
}
