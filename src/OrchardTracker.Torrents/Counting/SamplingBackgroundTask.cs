using Microsoft.Extensions.DependencyInjection;
using OrchardCore.BackgroundTasks;

namespace OrchardTracker.Torrents.Counting;

[BackgroundTask(
    Title = "Torrent course",
    Schedule = "7 * * * *",
    Description = "Samples the counts of torrents and of the site, for charts.",
    LockTimeout = 3_000,
    LockExpiration = 600_000)]
public sealed class SamplingBackgroundTask : IBackgroundTask
{
    public Task DoWorkAsync(IServiceProvider serviceProvider, CancellationToken cancellationToken) =>
        serviceProvider.GetRequiredService<DaySampler>().SampleAsync(cancellationToken);
}
