using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Modules;

namespace OrchardTracker.Tracker.HealthChecks;

[RequireFeatures("OrchardCore.HealthChecks")]
public sealed class HealthCheckStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services) =>
        services.AddHealthChecks().AddCheck<TrackerHealthCheck>("BitTorrent tracker");
}
