using Microsoft.Extensions.DependencyInjection;
using OrchardCore.BackgroundTasks;
using OrchardTracker.Torrents.Services;

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

        // The site's tracker asks for that every few seconds, where there is one.
        await serviceProvider.GetRequiredService<TorrentRegistrar>().FollowAsync(cancellationToken);
        var areOthersThere = await serviceProvider.GetRequiredService<SiteServers>().MeetAsync();
        await serviceProvider.GetRequiredService<CountWriter>().WriteAsync(cancellationToken);
        if (areOthersThere)
        {
            await serviceProvider.GetRequiredService<BoardLoader>().ReadOthersAsync();
        }
    }
}
