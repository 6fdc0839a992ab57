namespace OrchardTracker.Publishing.Tests.Queue;

/// <summary>A store whose own time limit is up whenever something is to be kept.</summary>
internal sealed class ImpatientStore : IPublishingStore
{
    public Task<IReadOnlyList<PublishingJob>> LoadAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<PublishingJob>>([]);

    public Task SaveAsync(PublishingJob job, CancellationToken cancellationToken) => Task.FromException(new TaskCanceledException("Too late."));

    public Task DeleteAsync(string id, CancellationToken cancellationToken) => Task.FromException(new TaskCanceledException("Too late."));
}
