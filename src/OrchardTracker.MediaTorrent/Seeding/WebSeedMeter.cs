using System.Collections.Concurrent;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Settings;
using OrchardTracker.Publishing;

namespace OrchardTracker.MediaTorrent.Seeding;

/// <summary>Counts what goes out by web seed, and holds it to its rates. Lives as long as the process. Thread-safe.</summary>
public sealed class WebSeedMeter(TimeProvider time)
{
    private readonly ConcurrentDictionary<InfoHash, RateBucket> _perTorrent = new();
    private volatile RateBucket _total = new(0, time);
    private long _rate;
    private long _ratePerTorrent;
    private long _uploaded;

    /// <summary>Bytes of files sent since the process began.</summary>
    public long Uploaded => Interlocked.Read(ref _uploaded);

    public void Apply(MediaTorrentSettings settings)
    {
        if (Interlocked.Exchange(ref _rate, settings.WebSeedRate) != settings.WebSeedRate)
        {
            _total = new RateBucket(settings.WebSeedRate, time);
        }

        if (Interlocked.Exchange(ref _ratePerTorrent, settings.WebSeedRatePerTorrent) != settings.WebSeedRatePerTorrent)
        {
            _perTorrent.Clear();
        }
    }

    public void Count(long bytes) => Interlocked.Add(ref _uploaded, bytes);

    /// <summary>Wraps what is about to be sent of a torrent.</summary>
    public Stream Measure(InfoHash infoHash, Stream stream)
    {
        var rate = Interlocked.Read(ref _ratePerTorrent);

        // The torrent's own rate first: while it holds back, the others lose nothing of what all may have together.
        RateBucket[] buckets = rate == 0 ? [_total] : [_perTorrent.GetOrAdd(infoHash, _ => new RateBucket(rate, time)), _total];
        return new MeasuredStream(stream, buckets, this);
    }
}
