using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Apis;
using OrchardCore.Modules;
using OrchardTracker.Torrents.Models;

namespace OrchardTracker.Torrents.GraphQL;

[Feature(TorrentFeatures.Torrents)]
[RequireFeatures("OrchardCore.Apis.GraphQL")]
public sealed class GraphQLStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services) =>
        services.AddObjectGraphType<TorrentPart, TorrentPartQueryObjectType>();
}
