using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Deployment;
using OrchardCore.Modules;

namespace OrchardTracker.Torrents.Deployment;

/// <summary>After all others: the source looks at what theirs have exported.</summary>
[Feature(TorrentFeatures.Torrents)]
[RequireFeatures("OrchardCore.Deployment")]
public sealed class ContentTorrentsStartup : StartupBase
{
    public override int Order => 1_000;

    public override void ConfigureServices(IServiceCollection services) => services.AddScoped<IDeploymentSource, ContentTorrentsDeploymentSource>();
}
