using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Metadata.Settings;
using OrchardCore.Data.Migration;

namespace OrchardTracker.Tracker.DashboardWidget;

/// <summary>Makes the type of the widget, which the admin's dashboard offers by its stereotype.</summary>
internal sealed class DashboardWidgetMigrations(IContentDefinitionManager contentDefinitionManager) : DataMigration
{
    public const string ContentType = "TrackerDashboardWidget";

    public async Task<int> CreateAsync()
    {
        await contentDefinitionManager.AlterPartDefinitionAsync(nameof(TrackerDashboardPart), part => part
            .WithDescription("Shows the numbers of the BitTorrent tracker."));
        await contentDefinitionManager.AlterTypeDefinitionAsync(ContentType, type => type
            .WithDisplayName("BitTorrent Tracker Widget")
            .Stereotype("DashboardWidget")
            .Securable()
            .WithPart("TitlePart", part => part.WithPosition("0"))
            .WithPart(nameof(TrackerDashboardPart), part => part.WithPosition("1")));
        return 1;
    }
}
