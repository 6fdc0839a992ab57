using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Data.Migration;
using OrchardCore.Modules;

namespace OrchardTracker.Torrents.Storage;

[Feature(TorrentFeatures.Storage)]
public sealed class StorageStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddDataMigration<StorageMigrations>();
        services.AddScoped<ITorrentStore, TorrentStore>();
    }
}
