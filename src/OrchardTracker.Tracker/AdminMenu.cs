using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using OrchardCore.Navigation;
using OrchardTracker.Tracker.Drivers;

namespace OrchardTracker.Tracker;

internal sealed class AdminMenu(IStringLocalizer<AdminMenu> localizer) : AdminNavigationProvider
{
    private static readonly RouteValueDictionary SettingsRoute = new()
    {
        { "area", "OrchardCore.Settings" },
        { "groupId", TrackerSettingsDisplayDriver.GroupId },
    };

    internal readonly IStringLocalizer S = localizer;

    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        if (NavigationHelper.UseLegacyFormat())
        {
            builder.Add(S["Configuration"], configuration => configuration.Add(S["Settings"], AddSettings));
        }
        else
        {
            builder.Add(S["Settings"], AddSettings);
        }

        builder.Add(S["Tracker"], "after.20", tracker => tracker
            .AddClass("orchardtracker")
            .Id("orchardtracker")
            .Add(S["Dashboard"], S["Dashboard"].PrefixPosition("1"), item => item
                .Action("Index", "TrackerDashboard", TrackerFeatures.Tracker)
                .Permission(TrackerPermissions.ViewStatistics)
                .LocalNav())
            .Add(S["Torrents"], S["Torrents"].PrefixPosition("2"), item => item
                .Action("Index", "TrackerTorrents", TrackerFeatures.Tracker)
                .Permission(TrackerPermissions.ManageTracker)
                .LocalNav())
            .Add(S["Users"], S["Users"].PrefixPosition("3"), item => item
                .Action("Index", "TrackerUsers", TrackerFeatures.Tracker)
                .Permission(TrackerPermissions.ManageTracker)
                .LocalNav())
            .Add(S["Bans"], S["Bans"].PrefixPosition("4"), item => item
                .Action("Index", "TrackerBans", TrackerFeatures.Tracker)
                .Permission(TrackerPermissions.ManageTracker)
                .LocalNav()));
        return ValueTask.CompletedTask;
    }

    private void AddSettings(NavigationItemBuilder settings) => settings
        .Add(S["Tracker"], S["Tracker"].PrefixPosition(), tracker => tracker
            .AddClass("tracker")
            .Id("tracker")
            .Action("Index", "Admin", SettingsRoute)
            .Permission(TrackerPermissions.ManageTracker)
            .LocalNav());
}
