using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Deployment;
using OrchardCore.Modules;
using OrchardCore.Settings.Deployment;
using OrchardTracker.Torrents.Settings;

namespace OrchardTracker.Torrents.Deployment;

[Feature(TorrentFeatures.Torrents)]
[RequireFeatures("OrchardCore.Deployment")]
public sealed class DeploymentStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<TorrentFilesExport>();
        services.AddDeployment<TorrentFilesDeploymentSource, TorrentFilesDeploymentStep, TorrentFilesDeploymentStepDriver>();
        services.AddSiteSettingsPropertyDeploymentStep<TorrentSettings, DeploymentStartup>(
            S => S["Torrent settings"], S => S["Exports the settings of torrents."]);
    }
}
