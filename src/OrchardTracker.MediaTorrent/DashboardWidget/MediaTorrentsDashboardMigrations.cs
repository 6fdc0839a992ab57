using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Metadata.Settings;
using OrchardCore.Data.Migration;

namespace OrchardTracker.MediaTorrent.DashboardWidget;

/// <summary>Makes the type of the widget, which the admin's dashboard offers by its stereotype.</summary>
internal sealed class MediaTorrentsDashboardMigrations(IContentDefinitionManager contentDefinitionManager) : DataMigration
{
    public const string ContentType = "MediaTorrentsDashboardWidget";

    public async Task<int> CreateAsync()
    {
        await contentDefinitionManager.AlterPartDefinitionAsync(nameof(MediaTorrentsDashboardPart), part => part
            .WithDescription("Shows how much of the downloads of media torrents the clients gave each other."));
        await contentDefinitionManager.AlterTypeDefinitionAsync(ContentType, type => type
            .WithDisplayName("BitTorrent Media Torrents Widget")
            .Stereotype("DashboardWidget")
            .Securable()
            .WithPart("TitlePart", part => part.WithPosition("0"))
            .WithPart(nameof(MediaTorrentsDashboardPart), part => part.WithPosition("1")));
        return 1;
    }
}
