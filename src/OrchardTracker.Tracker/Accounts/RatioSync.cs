using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Data;
using OrchardTracker.Tracker.Hosting;
using OrchardTracker.Tracker.Services;

namespace OrchardTracker.Tracker.Accounts;

/// <summary>Finds out who is below the minimum ratio when the rule has changed or the users were loaded; what changes with an announce is seen when accounts are written.</summary>
internal sealed class RatioSync(TrackerDatabase database, SiteTracker tracker) : ITrackerSync
{
    public async Task SyncAsync(CancellationToken cancellationToken)
    {
        var tenant = tracker.Tenant;
        var state = (tenant.AccountRules.MinimumRatio, tenant.AccountRules.RatioGraceBytes, tenant.Users.Loads);
        if (tracker.Mode == TrackerMode.Private && tenant.Users.IsLoaded && tenant.RatioState != state)
        {
            tenant.Engine.Passkeys.SetSeedOnly(await RatioRule.FindLowAsync(database, tenant.AccountRules));
            tenant.RatioState = state;
        }
    }
}
