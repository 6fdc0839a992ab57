using Microsoft.Extensions.DependencyInjection;
using OrchardCore.BackgroundTasks;

namespace OrchardTracker.Torrents.Foreign;

[BackgroundTask(
    Title = "Other trackers",
    Schedule = "*/5 * * * *",
    Description = "Asks the other trackers that torrents name for seeders and leechers.",
    LockTimeout = 3_000,
    LockExpiration = 600_000)]
public sealed class ForeignBackgroundTask : IBackgroundTask
{
    public Task DoWorkAsync(IServiceProvider serviceProvider, CancellationToken cancellationToken) =>
        serviceProvider.GetRequiredService<ForeignScraper>().ScrapeAsync(cancellationToken);
}
