using OrchardTracker.BitTorrent;
using OrchardTracker.Publishing;
using OrchardTracker.Swarms;

namespace OrchardTracker.Node;

/// <summary>
/// Keeps the tracker's registry to what is published, what the whitelist allows and what the blacklist forbids, whichever
/// of them changes. Thread-safe.
/// </summary>
internal sealed class ServedTorrents(TorrentRegistry registry)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<InfoHash, TorrentEntry> _published = [];
    private HashSet<InfoHash> _allowed = [];
    private HashSet<InfoHash> _blocked = [];

    public void Add(PublishedTorrent torrent)
    {
        var hashes = torrent.Metainfo.TrackerHashes;
        Change(hashes, () =>
        {
            var entry = new TorrentEntry(hashes[0], hashes.Count > 1 ? hashes[1] : null);
            foreach (var hash in hashes)
            {
                _published[hash] = entry;
            }
        });
    }

    public void Remove(PublishedTorrent torrent)
    {
        var hashes = torrent.Metainfo.TrackerHashes;
        Change(hashes, () =>
        {
            foreach (var hash in hashes)
            {
                _published.Remove(hash);
            }
        });
    }

    public void SetAllowed(HashSet<InfoHash> hashes) => Change([.. hashes.Union(_allowed).Except(hashes.Intersect(_allowed))], () => _allowed = hashes);

    public void SetBlocked(HashSet<InfoHash> hashes) => Change([.. hashes.Union(_blocked).Except(hashes.Intersect(_blocked))], () => _blocked = hashes);

    private void Change(IReadOnlyCollection<InfoHash> hashes, Action change)
    {
        lock (_gate)
        {
            change();
            foreach (var hash in hashes)
            {
                Refresh(hash);
            }
        }
    }

    private void Refresh(InfoHash hash)
    {
        registry.Unblock(hash);
        if (_published.TryGetValue(hash, out var entry))
        {
            // Who forbids one hash of a hybrid means the torrent.
            registry.Set(entry with { IsBlocked = _blocked.Contains(entry.Hash) || (entry.V2 is { } v2 && _blocked.Contains(v2)) });
        }
        else if (_blocked.Contains(hash))
        {
            registry.Set(new TorrentEntry(hash, IsBlocked: true));
        }
        else if (_allowed.Contains(hash))
        {
            registry.Set(new TorrentEntry(hash));
        }
        else
        {
            registry.Remove(hash);
        }
    }
}
