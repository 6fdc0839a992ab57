using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Modules;
using OrchardTracker.Torrents.Searching;

namespace OrchardTracker.Torrents;

[Feature(TorrentFeatures.Torrents)]
[RequireFeatures("OrchardCore.Taxonomies")]
public sealed class TaxonomyStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services) => services.AddScoped<ITorrentFacets, TaxonomyFacets>();
}
