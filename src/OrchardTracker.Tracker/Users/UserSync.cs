using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Hosting;
using OrchardTracker.Tracker.Services;

namespace OrchardTracker.Tracker.Users;

/// <summary>
/// Keeps the users of a private tracker in line with the site: who was stored since, by whatever server, and all of them
/// when the permissions of roles have changed, or when there are others than there should be.
/// </summary>
internal sealed class UserSync(SiteTracker tracker, UserDirectory directory, AnnounceRolesReader rolesReader) : ITrackerSync
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMinutes(15);

    public async Task SyncAsync(CancellationToken cancellationToken)
    {
        if (tracker.Mode != TrackerMode.Private)
        {
            return;
        }

        var users = tracker.Tenant.Users;
        users.MarkFresh();
        var roles = await rolesReader.ReadAsync();
        if (!users.IsLoaded || !roles.Equals(users.Roles) || (users.Age > CheckInterval && await directory.HasDriftedAsync()))
        {
            await directory.LoadAsync(roles);
        }
        else
        {
            await directory.RefreshStoredAsync();
        }
    }
}
