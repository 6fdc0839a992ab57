using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.Data.Migration;
using OrchardCore.Modules;

namespace OrchardTracker.Torrents.Widgets;

[Feature(TorrentFeatures.Torrents)]
[RequireFeatures("OrchardCore.Widgets")]
public sealed class WidgetsStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddDataMigration<WidgetMigrations>();
        services.AddContentPart<TorrentListWidgetPart>().UseDisplayDriver<TorrentListWidgetDriver>();
        services.AddContentPart<TorrentButtonWidgetPart>().UseDisplayDriver<TorrentButtonWidgetDriver>();
        services.AddContentPart<TorrentTotalsWidgetPart>().UseDisplayDriver<TorrentTotalsWidgetDriver>();
    }
}
