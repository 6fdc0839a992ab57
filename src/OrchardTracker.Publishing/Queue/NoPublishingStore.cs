namespace OrchardTracker.Publishing;

/// <summary>For hosts that find what is undone by themselves when they start.</summary>
public sealed class NoPublishingStore : IPublishingStore
{
    public static readonly NoPublishingStore Instance = new();

    private NoPublishingStore()
    {
    }

    public Task<IReadOnlyList<PublishingJob>> LoadAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<PublishingJob>>([]);

    public Task SaveAsync(PublishingJob job, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task DeleteAsync(string id, CancellationToken cancellationToken) => Task.CompletedTask;
}
