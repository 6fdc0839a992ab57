using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using OrchardCore.Navigation;
using OrchardCore.Security.Permissions;
using OrchardTracker.Torrents.Drivers;

namespace OrchardTracker.Torrents;

public sealed class AdminMenu(IStringLocalizer<AdminMenu> S) : AdminNavigationProvider
{
    private static readonly RouteValueDictionary SettingsRoute = new()
    {
        ["area"] = "OrchardCore.Settings",
        ["groupId"] = TorrentSettingsDisplayDriver.GroupId,
    };

    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(S["Content"], content => content.Add(S["Torrents"], S["Torrents"].PrefixPosition(), AddTorrents));
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

    private void AddTorrents(NavigationItemBuilder torrents) => torrents
        .AddClass("torrents")
        .Id("torrents")
        .Add(S["All Torrents"], "1", item => Add(item, "Index", TorrentPermissions.ModerateTorrents))
        .Add(S["Upload"], "2", item => Add(item, "Index", TorrentPermissions.UploadTorrents, "AdminUpload"))
        .Add(S["Other Trackers"], "3", item => Add(item, "Index", TorrentPermissions.ModerateTorrents, "AdminTrackers"))
        .Add(S["Taken Down"], "4", item => Add(item, "TakenDown", TorrentPermissions.ModerateTorrents));

    private static void Add(NavigationItemBuilder item, string action, Permission permission, string controller = "Admin") => item
        .Action(action, controller, "OrchardTracker.Torrents")
        .Permission(permission)
        .LocalNav();

    private void AddSettings(NavigationItemBuilder settings) => settings
        .Add(S["Torrents"], S["Torrents"].PrefixPosition(), torrents => torrents
            .AddClass("torrentsettings")
            .Id("torrentsettings")
            .Action("Index", "Admin", SettingsRoute)
            .Permission(TorrentPermissions.ManageTorrentSettings)
            .LocalNav());
}
