using OrchardTracker.Tracker.Hosting;
using OrchardTracker.Tracker.Services;

namespace OrchardTracker.Tracker.Lists;

/// <summary>Brings the tracker in line with its stored lists: at the start, when another server has changed them, and when a ban ends.</summary>
internal sealed class ListsSync(TorrentLists torrents, BanList bans, ListsVersion version, SiteTracker tracker, TimeProvider time) : ITrackerSync
{
    public async Task SyncAsync(CancellationToken cancellationToken)
    {
        if (await version.IsNewAsync())
        {
            // First: what changes while they are read shall be seen the next time.
            await version.TakeAsync();
            await torrents.LoadAsync();
            await bans.LoadAsync();
        }
        else if (tracker.Tenant.Bans.NextEnd <= time.GetUtcNow())
        {
            await bans.LoadAsync();
        }
    }
}
