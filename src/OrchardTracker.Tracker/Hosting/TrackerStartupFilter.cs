using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using OrchardTracker.Frontends;
using OrchardTracker.Tracker.Services;

namespace OrchardTracker.Tracker.Hosting;

/// <summary>
/// Answers announces in the tenant before routing, authentication and everything else: without a database session, and
/// without any code in the host.
/// </summary>
internal sealed class TrackerStartupFilter(SiteTracker tracker) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseTracker(tracker.Tenant.Http);
        next(app);
    };
}
