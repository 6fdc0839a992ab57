namespace OrchardTracker.Publishing;

/// <summary>
/// Keeps jobs over a restart. The queue calls it for one job at a time in order; different jobs may come at once. A store
/// that throws costs the memory of a job, never the job: it goes on, and the error is reported.
/// </summary>
public interface IPublishingStore
{
    /// <summary>All jobs, whatever their state.</summary>
    Task<IReadOnlyList<PublishingJob>> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Adds a job or replaces the one with its id.</summary>
    Task SaveAsync(PublishingJob job, CancellationToken cancellationToken);

    /// <summary>Forgets a job; no error when there is none.</summary>
    Task DeleteAsync(string id, CancellationToken cancellationToken);
}
