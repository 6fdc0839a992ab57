using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using OrchardCore.Navigation;
using OrchardTracker.MediaTorrent.Drivers;

namespace OrchardTracker.MediaTorrent;

public sealed class AdminMenu(IStringLocalizer<AdminMenu> S) : AdminNavigationProvider
{
    private static readonly RouteValueDictionary SettingsRoute = new()
    {
        { "area", "OrchardCore.Settings" },
        { "groupId", MediaTorrentSettingsDriver.GroupId },
    };

    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(NavigationHelper.UseLegacyFormat() ? S["Content"] : S["Media"], media => media
            .Add(S["Torrents"], S["Torrents"].PrefixPosition("2"), torrents => torrents
                .Action("Index", "MediaTorrents", MediaTorrentFeatures.MediaTorrent)
                .Permission(MediaTorrentPermissions.ManageMediaTorrents)
                .LocalNav()));
        if (NavigationHelper.UseLegacyFormat())
        {
            builder.Add(S["Configuration"], configuration => configuration.Add(S["Settings"], AddSettings));
        }
        else
        {
            builder.Add(S["Settings"], AddSettings);
        }

        return ValueTask.CompletedTask;
    }

    private void AddSettings(NavigationItemBuilder settings) => settings
        .Add(S["Media torrents"], S["Media torrents"].PrefixPosition(), item => item
            .Action("Index", "Admin", SettingsRoute)
            .Permission(MediaTorrentPermissions.ManageMediaTorrentSettings)
            .LocalNav());
}
