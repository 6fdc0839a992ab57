using Microsoft.Extensions.DependencyInjection;
using OrchardCore.BackgroundTasks;
using OrchardTracker.MediaTorrent.Files;

namespace OrchardTracker.MediaTorrent.Hosting;

/// <summary>Has the media store compared from time to time with what is known of it.</summary>
[BackgroundTask(
    Title = "Media torrents sweep",
    Schedule = "*/15 * * * *",
    Description = "Finds files of the media store that have no torrent yet, and torrents whose files are gone.",
    LockTimeout = 1_000,
    LockExpiration = 60_000)]
public sealed class MediaSweepTask : IBackgroundTask
{
    public Task DoWorkAsync(IServiceProvider serviceProvider, CancellationToken cancellationToken)
    {
        serviceProvider.GetRequiredService<TenantPublishing>().Report(new MediaChange(MediaChangeKind.Sweep, ""));
        return Task.CompletedTask;
    }
}
