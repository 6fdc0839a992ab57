using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Deployment;
using OrchardCore.Modules;
using OrchardCore.Settings.Deployment;
using OrchardTracker.MediaTorrent.Settings;

namespace OrchardTracker.MediaTorrent.Deployment;

[RequireFeatures("OrchardCore.Deployment")]
public sealed class DeploymentStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSiteSettingsPropertyDeploymentStep<MediaTorrentSettings, DeploymentStartup>(
            S => S["Media torrents settings"], S => S["Exports the settings and rules of media torrents."]);
        services.AddScoped<IDeploymentSource, MediaDecisionsDeploymentSource>();
    }
}
