using OrchardTracker.BitTorrent;

namespace OrchardTracker.Torrents.Counting;

/// <summary>What is known in memory of a published torrent beside its swarm. Changed by one writer at a time; read by all.</summary>
internal sealed class BoardEntry(long id, InfoHash infoHash)
{
    private int _downloads;

    /// <summary>Of its row.</summary>
    public long Id { get; } = id;

    public InfoHash InfoHash { get; } = infoHash;

    /// <summary>The own counts as this server has written them.</summary>
    public int Seeders { get; set; }

    public int Leechers { get; set; }

    /// <summary>What the other servers of the site count.</summary>
    public int ElsewhereSeeders { get; private set; }

    public int ElsewhereLeechers { get; private set; }

    /// <summary>All downloads that were completed by the site's trackers.</summary>
    public int Completed { get; set; }

    /// <summary>
    /// What the tracker's counter was when it was last read; negative before this server has read it. It begins anew when the
    /// tracker forgets the swarm, while <see cref="Completed"/> only grows.
    /// </summary>
    public int SeenCompleted { get; set; }

    /// <summary>What other trackers say, in sum.</summary>
    public int ForeignSeeders { get; set; }

    public int ForeignLeechers { get; set; }

    public int ForeignCompleted { get; set; }

    /// <summary>The highest counts since the last sample of the day's course.</summary>
    public int HighestSeeders { get; set; }

    public int HighestLeechers { get; set; }

    /// <summary>Whether anything is to be sampled.</summary>
    public bool IsEventful { get; set; }

    public void SetElsewhere(int seeders, int leechers) => (ElsewhereSeeders, ElsewhereLeechers) = (Math.Max(0, seeders), Math.Max(0, leechers));

    public void SetForeign(int seeders, int leechers, int completed) =>
        (ForeignSeeders, ForeignLeechers, ForeignCompleted) = (seeders, leechers, completed);

    /// <summary>The .torrent file was downloaded once more.</summary>
    public void CountDownload() => Interlocked.Increment(ref _downloads);

    /// <summary>The downloads since this was last asked.</summary>
    public int TakeDownloads() => Interlocked.Exchange(ref _downloads, 0);

    /// <summary>The downloads that were taken could not be written.</summary>
    public void GiveBack(int downloads) => Interlocked.Add(ref _downloads, downloads);
}
