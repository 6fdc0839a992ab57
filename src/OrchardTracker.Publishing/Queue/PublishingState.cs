namespace OrchardTracker.Publishing;

/// <summary>How far a job has come.</summary>
public enum PublishingState
{
    /// <summary>In line, or to be tried again later.</summary>
    Waiting,

    /// <summary>Its bytes are being read.</summary>
    Hashing,

    /// <summary>The torrent was handed over.</summary>
    Done,

    /// <summary>No torrent; <see cref="PublishingJob.Error"/> says why.</summary>
    Failed,

    /// <summary>Somebody changed his mind.</summary>
    Cancelled,
}
