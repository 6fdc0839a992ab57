using Microsoft.Extensions.DependencyInjection;
using OrchardCore.BackgroundTasks;
using OrchardTracker.Torrents.Following;

namespace OrchardTracker.Torrents.Counting;

[BackgroundTask(
    Title = "Torrent course",
    Schedule = "7 * * * *",
    Description = "Samples the counts of torrents and of the site, for charts.",
    LockTimeout = 3_000,
    LockExpiration = 600_000)]
public sealed class SamplingBackgroundTask : IBackgroundTask
{
    public async Task DoWorkAsync(IServiceProvider serviceProvider, CancellationToken cancellationToken)
    {
        await serviceProvider.GetRequiredService<ChangeLog>().TrimAsync();
        await serviceProvider.GetRequiredService<DaySampler>().SampleAsync(cancellationToken);
    }
}
