using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Metadata.Settings;
using OrchardCore.Data.Migration;

namespace OrchardTracker.Torrents.Widgets;

public sealed class WidgetMigrations(IContentDefinitionManager contentDefinitions) : DataMigration
{
    public async Task<int> CreateAsync()
    {
        await DefineAsync("TorrentList", "Torrents", "Lists the latest or most active torrents.", nameof(TorrentListWidgetPart));
        await DefineAsync("TorrentButton", "Torrent Button", "One torrent's download buttons with live counts.", nameof(TorrentButtonWidgetPart));
        await DefineAsync("TorrentTotals", "Torrent Totals", "How many torrents, seeders and leechers the site has.", nameof(TorrentTotalsWidgetPart));
        return 1;
    }

    private async Task DefineAsync(string type, string name, string description, string part)
    {
        await contentDefinitions.AlterPartDefinitionAsync(part, definition => definition.WithDescription(description));
        await contentDefinitions.AlterTypeDefinitionAsync(type, definition => definition
            .WithDisplayName(name)
            .WithDescription(description)
            .Stereotype("Widget")
            .WithPart(part));
    }
}
