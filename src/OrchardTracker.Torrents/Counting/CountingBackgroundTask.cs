using Microsoft.Extensions.DependencyInjection;
using OrchardCore.BackgroundTasks;

namespace OrchardTracker.Torrents.Counting;

[BackgroundTask(
    Title = "Torrent counts",
    Schedule = "* * * * *",
    Description = "Writes the counts of torrents that have changed, in batches.")]
public sealed class CountingBackgroundTask : IBackgroundTask
{
    public async Task DoWorkAsync(IServiceProvider serviceProvider, CancellationToken cancellationToken)
    {
        await serviceProvider.GetRequiredService<PublicAccess>().CheckAsync();
        await serviceProvider.GetRequiredService<CountWriter>().WriteAsync(cancellationToken);
    }
}
