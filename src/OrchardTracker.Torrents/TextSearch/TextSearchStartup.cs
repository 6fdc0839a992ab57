using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Indexing;
using OrchardCore.Modules;

namespace OrchardTracker.Torrents.TextSearch;

[Feature(TorrentFeatures.Torrents)]
[RequireFeatures("OrchardCore.Indexing")]
public sealed class TextSearchStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<TextIndexFaults>();
        services.AddScoped<ITextIndex, SiteTextIndex>();
        services.AddScoped<IContentPartIndexHandler, TorrentPartIndexHandler>();
    }
}
