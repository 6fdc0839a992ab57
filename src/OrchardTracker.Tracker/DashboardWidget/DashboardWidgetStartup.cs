using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.Data.Migration;
using OrchardCore.Modules;

namespace OrchardTracker.Tracker.DashboardWidget;

[RequireFeatures("OrchardCore.AdminDashboard", "OrchardCore.ContentTypes", "OrchardCore.Title")]
public sealed class DashboardWidgetStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddContentPart<TrackerDashboardPart>().UseDisplayDriver<TrackerDashboardPartDisplayDriver>();
        services.AddDataMigration<DashboardWidgetMigrations>();
    }
}
