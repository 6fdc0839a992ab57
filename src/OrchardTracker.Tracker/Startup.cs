using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrchardCore.Data.Migration;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;
using OrchardCore.Users.Handlers;
using OrchardCore.Users.Models;
using OrchardTracker.Tracker.Accounts;
using OrchardTracker.Tracker.Checks;
using OrchardTracker.Tracker.Data;
using OrchardTracker.Tracker.Drivers;
using OrchardTracker.Tracker.Hosting;
using OrchardTracker.Tracker.Journal;
using OrchardTracker.Tracker.Lists;
using OrchardTracker.Tracker.Ports;
using OrchardTracker.Tracker.Services;
using OrchardTracker.Tracker.Settings;
using OrchardTracker.Tracker.Statistics;
using OrchardTracker.Tracker.Users;
using YesSql;

namespace OrchardTracker.Tracker;

public sealed class Startup : OrchardCore.Modules.StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<SiteTracker>();
        services.AddSingleton<ISiteTracker>(provider => provider.GetRequiredService<SiteTracker>());
        services.AddSingleton<IStartupFilter, TrackerStartupFilter>();
        services.AddScoped<IModularTenantEvents, TrackerTenantEvents>();
        services.AddScoped<IFeatureEventHandler, TrackerFeatureEvents>();
        services.AddScoped<OwnAddresses>();
        services.AddScoped<IAnnounceUrls, AnnounceUrlBuilder>();

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new TrackerSql(provider.GetRequiredService<IStore>().Configuration));
        services.AddScoped<TrackerDatabase>();
        services.AddDataMigration<TrackerMigrations>();

        services.AddPermissionProvider<Permissions>();
        services.AddNavigationProvider<AdminMenu>();

        services.AddSingleton<TrackerSettingsRules>();
        services.AddSingleton<PortTexts>();
        services.AddSingleton<TrackerFigures>();
        services.AddSingleton<ProxyCheck>();
        services.AddScoped<PathCheck>();
        services.AddScoped<TrackerCheck>();
        services.AddScoped<TrackerJournal>();
        // In this order: users are loaded by the settings' mode and the bans.
        services.AddScoped<ITrackerSync, ListsSync>();
        services.AddScoped<SettingsSync>();
        services.AddScoped<ITrackerSync>(provider => provider.GetRequiredService<SettingsSync>());
        services.AddScoped<ITrackerSync, UserSync>();
        services.AddScoped<ITrackerSync, RatioSync>();
        services.AddScoped<ITrackerSync, SourcesSync>();
        services.AddSiteDisplayDriver<TrackerSettingsDisplayDriver>();
        services.AddScoped<IAuthorizationHandler, TrackerSettingsAuthorizationHandler>();

        services.AddScoped<ListsVersion>();
        services.AddScoped<TorrentLists>();
        services.AddScoped<BanList>();
        services.AddScoped<BanRules>();
        services.AddTransient<TorrentInput>();
        services.AddScoped<AccountTrimming>();
        services.AddScoped<AccountReader>();
        services.AddScoped<AccountExport>();
        services.AddScoped<TorrentNames>();
        services.AddScoped<Readable>();
        AddUsers(services);
    }

    private static void AddUsers(IServiceCollection services)
    {
        services.AddScoped<PasskeySecretStore>();
        services.AddScoped<TrackerUsers>();
        services.AddScoped<ITrackerAccounts>(provider => provider.GetRequiredService<TrackerUsers>());
        services.AddScoped<AnnounceRolesReader>();
        services.AddScoped<UserDirectory>();
        services.AddScoped<IUserEventHandler, UserEvents>();
        services.AddScoped<IRoleCreatedEventHandler, RoleEvents>();
        services.AddScoped<IRoleUpdatedEventHandler, RoleEvents>();
        services.AddScoped<IRoleRemovedEventHandler, RoleEvents>();
        services.AddDisplayDriver<UserMenu, TrackerUserMenuDisplayDriver>();
    }
}
