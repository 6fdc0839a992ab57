using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Modules;
using OrchardCore.Settings.Deployment;
using OrchardTracker.Tracker.Settings;

namespace OrchardTracker.Tracker.Deployment;

[RequireFeatures("OrchardCore.Deployment")]
public sealed class DeploymentStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services) =>
        services.AddSiteSettingsPropertyDeploymentStep<TrackerSiteSettings, DeploymentStartup>(
            S => S["Tracker settings"], S => S["Exports the settings of the BitTorrent tracker."]);
}
