using System.Collections.Concurrent;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms;

/// <summary>
/// The torrents that the tracker knows, by each of their hashes: those it serves, those it refuses for now, those that are
/// blocked for good. Tells the store which two hashes are one torrent.
/// </summary>
public sealed class TorrentRegistry(IPeerStore store)
{
    private readonly ConcurrentDictionary<InfoHash, TorrentEntry> _entries = new();
    private readonly ConcurrentDictionary<InfoHash, TorrentTerms> _terms = new();
    private readonly Lock _changing = new();

    // A concurrent dictionary locks as a whole to count itself, and each announce asks.
    private volatile int _count;
    private volatile int _termsCount;

    /// <summary>Hashes, not torrents: a hybrid has two.</summary>
    public int Count => _count;

    public TorrentEntry? Find(InfoHash infoHash) => _entries.GetValueOrDefault(infoHash);

    /// <summary>By which terms a torrent counts in accounts, by either hash.</summary>
    public TorrentTerms TermsOf(InfoHash infoHash)
    {
        if (_termsCount == 0)
        {
            return TorrentTerms.Usual;
        }

        return _terms.TryGetValue(infoHash, out var terms)
            || (_entries.TryGetValue(infoHash, out var entry) && _terms.TryGetValue(entry.Hash == infoHash ? entry.V2 ?? infoHash : entry.Hash, out terms))
                ? terms
                : TorrentTerms.Usual;
    }

    /// <summary>Sets the terms of a torrent, known or not; <see cref="TorrentTerms.Usual"/> forgets them.</summary>
    public void SetTerms(InfoHash infoHash, TorrentTerms terms)
    {
        lock (_changing)
        {
            if (terms == TorrentTerms.Usual)
            {
                _terms.TryRemove(infoHash, out _);
            }
            else
            {
                _terms[infoHash] = terms;
            }

            _termsCount = _terms.Count;
        }
    }

    /// <summary>Makes an entry, or changes it. A block by one hash is a block of the whole torrent.</summary>
    /// <returns>False when one of its hashes is blocked; nothing has changed then.</returns>
    /// <exception cref="ArgumentException">Both hashes are the same.</exception>
    public bool Set(TorrentEntry entry)
    {
        if (entry.V2 == entry.Hash)
        {
            throw new ArgumentException("The two hashes of a hybrid differ.", nameof(entry));
        }

        lock (_changing)
        {
            if (entry is { IsBlocked: true, V2: null } && _entries.TryGetValue(entry.Hash, out var whole))
            {
                entry = entry with { Hash = whole.Hash, V2 = whole.V2 };
            }

            if (!entry.IsBlocked && (IsBlocked(entry.Hash) || (entry.V2 is { } v2 && IsBlocked(v2))))
            {
                return false;
            }

            ForgetOthers(entry.Hash, entry);
            ForgetOthers(entry.V2, entry);
            _entries[entry.Hash] = entry;
            if (entry.V2 is { } second)
            {
                _entries[second] = entry;
                store.Link(entry.Hash, second);
            }

            _count = _entries.Count;
            if (entry.Refusal is not null || entry.IsBlocked)
            {
                // Its peers shall not be given to anybody, nor be counted.
                store.Remove(entry.Hash);
            }

            return true;
        }
    }

    /// <summary>Forgets a torrent under both hashes. A block stays; <see cref="Unblock"/> lifts it.</summary>
    public bool Remove(InfoHash infoHash)
    {
        lock (_changing)
        {
            if (!_entries.TryGetValue(infoHash, out var entry) || entry.IsBlocked)
            {
                return false;
            }

            Forget(entry);
            return true;
        }
    }

    public bool Unblock(InfoHash infoHash)
    {
        lock (_changing)
        {
            if (!_entries.TryGetValue(infoHash, out var entry) || !entry.IsBlocked)
            {
                return false;
            }

            Forget(entry);
            return true;
        }
    }

    /// <summary>Forgets what was known under a hash if it was another torrent.</summary>
    private void ForgetOthers(InfoHash? infoHash, TorrentEntry entry)
    {
        if (infoHash is { } hash
            && _entries.TryGetValue(hash, out var old)
            && !old.IsBlocked
            && (old.Hash != entry.Hash || old.V2 != entry.V2))
        {
            Forget(old);
        }
    }

    private void Forget(TorrentEntry entry)
    {
        _entries.TryRemove(entry.Hash, out _);
        if (entry.V2 is { } second)
        {
            _entries.TryRemove(second, out _);
            store.Unlink(second);
        }

        _count = _entries.Count;
    }

    private bool IsBlocked(InfoHash infoHash) => _entries.TryGetValue(infoHash, out var entry) && entry.IsBlocked;
}
