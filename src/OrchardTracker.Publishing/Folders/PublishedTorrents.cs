using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <summary>The torrents of a folder, by name and by hash. Thread-safe.</summary>
internal sealed class PublishedTorrents
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PublishedTorrent> _byName = [];
    private readonly Dictionary<InfoHash, PublishedTorrent> _byHash = [];
    private IReadOnlyList<PublishedTorrent>? _all;

    public IReadOnlyList<PublishedTorrent> All
    {
        get
        {
            lock (_gate)
            {
                return _all ??= [.. _byName.Values];
            }
        }
    }

    public PublishedTorrent? Find(InfoHash infoHash)
    {
        lock (_gate)
        {
            return _byHash.GetValueOrDefault(infoHash);
        }
    }

    public PublishedTorrent? FindByName(string name)
    {
        lock (_gate)
        {
            return _byName.GetValueOrDefault(name);
        }
    }

    public void Add(PublishedTorrent torrent)
    {
        lock (_gate)
        {
            _byName[torrent.Name] = torrent;
            foreach (var hash in torrent.Metainfo.TrackerHashes)
            {
                _byHash[hash] = torrent;
            }

            _all = null;
        }
    }

    public void Remove(PublishedTorrent torrent)
    {
        lock (_gate)
        {
            _byName.Remove(torrent.Name);
            foreach (var hash in torrent.Metainfo.TrackerHashes)
            {
                _byHash.Remove(hash);
            }

            _all = null;
        }
    }
}
