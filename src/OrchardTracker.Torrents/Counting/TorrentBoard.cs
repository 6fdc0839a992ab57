using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;

namespace OrchardTracker.Torrents.Counting;

/// <summary>
/// The published torrents, in memory: which they are, and what is known of them that changes all the time. Announces and
/// views write nothing to the database; what changed is written in batches, see <see cref="CountWriter"/>.
/// </summary>
public sealed class TorrentBoard(IServiceProvider services)
{
    private readonly ISiteTracker? _tracker = services.GetService(typeof(ISiteTracker)) as ISiteTracker;
    private readonly ConcurrentDictionary<InfoHash, BoardEntry> _entries = new();
    private volatile bool _isCounting;

    /// <summary>Whether visitors without a session may see torrents. Set from time to time: asking takes a database.</summary>
    public bool IsPublic { get; set; }

    /// <summary>When was last read what other servers count.</summary>
    internal DateTime ReadUtc { get; set; }

    /// <summary>Torrents that are published.</summary>
    public int Count => _entries.Count;

    internal IEnumerable<BoardEntry> Entries => _entries.Values;

    /// <summary>The counts of a torrent; false when it is not published.</summary>
    public bool TryGet(InfoHash infoHash, out TorrentCounts counts)
    {
        if (!_entries.TryGetValue(infoHash, out var entry))
        {
            counts = default;
            return false;
        }

        var own = GetOwn(infoHash);
        counts = new TorrentCounts(
            own.Seeders + entry.ElsewhereSeeders,
            own.Leechers + entry.ElsewhereLeechers,
            entry.Completed + NewlyCompleted(entry, own),
            entry.ForeignSeeders,
            entry.ForeignLeechers,
            entry.ForeignCompleted);
        return true;
    }

    /// <summary>The counts of a torrent by its hash in hexadecimal digits; zeros when it is not published.</summary>
    public TorrentCounts Get(string? infoHash) =>
        InfoHash.TryParseHex(infoHash, out var hash) && TryGet(hash, out var counts) ? counts : default;

    /// <summary>The .torrent file was downloaded once more.</summary>
    public void CountDownload(InfoHash infoHash)
    {
        if (_entries.TryGetValue(infoHash, out var entry))
        {
            entry.CountDownload();
        }
    }

    /// <summary>The sums over all swarms of the site's tracker.</summary>
    public StoreTotals GetTotals() => _tracker?.GetTotals() ?? default;

    internal bool TryGetEntry(InfoHash infoHash, [NotNullWhen(true)] out BoardEntry? entry) => _entries.TryGetValue(infoHash, out entry);

    /// <summary>Puts a torrent on the board. Of one that is there, what is counted stays; what others have said is as it was stored.</summary>
    internal void Set(BoardEntry entry)
    {
        if (_isCounting)
        {
            BeginCounting(entry);
        }

        if (!_entries.TryAdd(entry.InfoHash, entry) && _entries.TryGetValue(entry.InfoHash, out var known))
        {
            if (known.Id == entry.Id)
            {
                known.SetForeign(entry.ForeignSeeders, entry.ForeignLeechers, entry.ForeignCompleted);
                known.SetElsewhere(entry.ElsewhereSeeders, entry.ElsewhereLeechers);
            }
            else
            {
                // It was removed and is back, by another server of the site.
                _entries[entry.InfoHash] = entry;
            }
        }
    }

    /// <summary>The tracker has its swarms by now, those of before a restart as well.</summary>
    internal void BeginCounting()
    {
        _isCounting = true;
        foreach (var entry in _entries.Values)
        {
            BeginCounting(entry);
        }
    }

    /// <summary>This server's rows are gone: all that it counts is to be written again.</summary>
    internal void ForgetWritten()
    {
        foreach (var entry in _entries.Values)
        {
            (entry.Seeders, entry.Leechers) = (0, 0);
        }
    }

    internal void Remove(InfoHash infoHash) => _entries.TryRemove(infoHash, out _);

    internal SwarmCounts GetOwn(InfoHash infoHash) => _tracker?.GetCounts(infoHash) ?? default;

    /// <summary>The downloads that were completed since the tracker's counter was last read.</summary>
    internal static int NewlyCompleted(BoardEntry entry, SwarmCounts own) =>
        entry.SeenCompleted < 0 ? 0
        : own.Completed >= entry.SeenCompleted ? own.Completed - entry.SeenCompleted : own.Completed;

    private void BeginCounting(BoardEntry entry)
    {
        if (entry.SeenCompleted < 0)
        {
            // Where downloads were counted before, those that the tracker remembers are among them.
            entry.SeenCompleted = entry.Completed > 0 ? GetOwn(entry.InfoHash).Completed : 0;
        }
    }
}
