using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.Data.Migration;
using OrchardCore.Modules;

namespace OrchardTracker.MediaTorrent.DashboardWidget;

[RequireFeatures("OrchardCore.AdminDashboard", "OrchardCore.ContentTypes", "OrchardCore.Title")]
public sealed class MediaTorrentsDashboardStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddContentPart<MediaTorrentsDashboardPart>().UseDisplayDriver<MediaTorrentsDashboardPartDisplayDriver>();
        services.AddDataMigration<MediaTorrentsDashboardMigrations>();
    }
}
