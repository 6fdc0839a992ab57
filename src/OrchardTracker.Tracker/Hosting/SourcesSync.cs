namespace OrchardTracker.Tracker.Hosting;

/// <summary>Lets the site's modules tell what other servers of the site have changed of their torrents.</summary>
internal sealed class SourcesSync(IEnumerable<ITorrentSource> sources) : ITrackerSync
{
    public async Task SyncAsync(CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            await source.FollowAsync(cancellationToken);
        }
    }
}
