using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <summary>For whom a queue works: knows the sources, and takes the torrents.</summary>
public interface IPublishingHost
{
    /// <summary>Finds what a job is about.</summary>
    /// <returns>Null when it is gone: the job then ends as cancelled.</returns>
    /// <exception cref="PublishingException">It cannot be published, at all or for now; the message says why.</exception>
    /// <exception cref="IOException">It cannot be read for now: the job is tried again, and shows the message.</exception>
    Task<PublishingOrder?> OpenAsync(PublishingJob job, CancellationToken cancellationToken);

    /// <summary>Takes the torrent. When this throws, the job has failed.</summary>
    /// <exception cref="SourceChangedException">The source is not what was hashed: the job ends as cancelled.</exception>
    Task CompleteAsync(PublishingJob job, Metainfo torrent, CancellationToken cancellationToken);
}
