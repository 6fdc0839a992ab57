using OrchardCore.Environment.Extensions.Features;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Scope;
using OrchardTracker.Tracker.Services;

namespace OrchardTracker.Tracker.Hosting;

/// <summary>
/// Silences the tracker when its feature is switched off. Its swarms stay, in case it is switched on again. While that
/// happens, not afterwards: the shell that is told afterwards is the new one, in which there is no tracker.
/// </summary>
internal sealed class TrackerFeatureEvents(SiteTracker tracker) : FeatureEventHandler
{
    public override async Task DisablingAsync(IFeatureInfo feature)
    {
        if (feature.Id == TrackerFeatures.Tracker)
        {
            var tenant = tracker.Tenant;
            tenant.IsActive = false;
            await tenant.ApplyPortsAsync();

            // Afterwards: whoever switches it off may hold the database until then.
            ShellScope.AddDeferredTask(_ => tenant.Process?.PauseAsync() ?? Task.CompletedTask);
        }
    }
}
