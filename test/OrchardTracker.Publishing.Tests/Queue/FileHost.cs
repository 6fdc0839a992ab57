using System.Collections.Concurrent;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing.Tests.Queue;

/// <summary>Publishes single files whose paths stand in the jobs' data.</summary>
internal sealed class FileHost : IPublishingHost
{
    private readonly Lock _gate = new();
    private int _running;

    public ConcurrentDictionary<string, Metainfo> Torrents { get; } = new();

    /// <summary>Bytes may be read only as far as this lets them; closed for good by default.</summary>
    public SemaphoreSlim? Gate { get; set; }

    public int MostAtOnce { get; private set; }

    public CountedHold Holds { get; } = new();

    public Func<PublishingJob, Exception?> Fault { get; set; } = _ => null;

    /// <summary>What the source throws when its bytes are to be read.</summary>
    public Exception? OpenFault { get; set; }

    public Task<PublishingOrder?> OpenAsync(PublishingJob job, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _running));
        }

        if (Fault(job) is { } fault)
        {
            Interlocked.Decrement(ref _running);
            throw fault;
        }

        var file = new FileInfo(job.Data!);
        if (!file.Exists)
        {
            Interlocked.Decrement(ref _running);
            return Task.FromResult<PublishingOrder?>(null);
        }

        PublishingSource source = new([file.Name], file.Length, _ => OpenFault is { } fault ? throw fault : ValueTask.FromResult<Stream>(
            new GatedStream(file.OpenRead(), Gate, () => Interlocked.Decrement(ref _running))));
        return Task.FromResult<PublishingOrder?>(new PublishingOrder(file.Name, [source], IsFolder: false, new TorrentOptions { PieceLength = 16384 }) { Hold = Holds.Take() });
    }

    public Task CompleteAsync(PublishingJob job, Metainfo torrent, CancellationToken cancellationToken)
    {
        Torrents[job.Id] = torrent;
        return Task.CompletedTask;
    }
}
