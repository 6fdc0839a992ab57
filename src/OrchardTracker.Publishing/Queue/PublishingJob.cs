using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <summary>One thing that is to become a torrent: what must outlive a restart, and nothing else. Immutable.</summary>
public sealed record PublishingJob
{
    /// <summary>Chosen by whoever enqueues; there is one job at a time with an id.</summary>
    public required string Id { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>Whatever the host needs to find the source again; the queue does not read it.</summary>
    public string? Data { get; init; }

    public PublishingState State { get; init; }

    /// <summary>Runs begun so far.</summary>
    public int Attempts { get; init; }

    /// <summary>Why the last run failed, for people; null when none has.</summary>
    public MetainfoMessage? Error { get; init; }

    public DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>When the job was done, failed or was cancelled.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    public bool IsFinished => State is PublishingState.Done or PublishingState.Failed or PublishingState.Cancelled;
}
