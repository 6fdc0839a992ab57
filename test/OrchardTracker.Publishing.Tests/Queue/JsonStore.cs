using System.Text.Json;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing.Tests.Queue;

/// <summary>Keeps jobs as files: what a host with a data base does, in small.</summary>
internal sealed class JsonStore(string folder) : IPublishingStore
{
    private sealed record Row(string Id, string Name, string? Data, PublishingState State, string? Error, DateTimeOffset EnqueuedAt, DateTimeOffset? FinishedAt);

    public Task<IReadOnlyList<PublishingJob>> LoadAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<PublishingJob>>(
        [.. Directory.EnumerateFiles(folder, "*.job").Select(path => JsonSerializer.Deserialize<Row>(File.ReadAllText(path))!).Select(row => new PublishingJob
        {
            Id = row.Id,
            Name = row.Name,
            Data = row.Data,
            State = row.State,
            Error = row.Error is null ? null : new MetainfoMessage("{0}", row.Error),
            EnqueuedAt = row.EnqueuedAt,
            FinishedAt = row.FinishedAt,
        })]);

    public async Task SaveAsync(PublishingJob job, CancellationToken cancellationToken)
    {
        // Whole or not at all, as a data base does: it may be cancelled on the way.
        var row = new Row(job.Id, job.Name, job.Data, job.State, job.Error?.ToString(), job.EnqueuedAt, job.FinishedAt);
        var path = PathOf(job.Id);
        await File.WriteAllTextAsync(path + ".new", JsonSerializer.Serialize(row), cancellationToken);
        File.Move(path + ".new", path, overwrite: true);
    }

    public Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        File.Delete(PathOf(id));
        return Task.CompletedTask;
    }

    private string PathOf(string id) => Path.Combine(folder, id + ".job");
}
