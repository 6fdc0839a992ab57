using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrchardCore;
using OrchardCore.BackgroundTasks;
using OrchardCore.ContentManagement.Handlers;
using OrchardCore.Data;
using OrchardCore.Data.Migration;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.Environment.Shell;
using OrchardCore.Media;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Recipes;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;
using OrchardTracker.MediaTorrent.Access;
using OrchardTracker.MediaTorrent.Deployment;
using OrchardTracker.MediaTorrent.Drivers;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Hosting;
using OrchardTracker.MediaTorrent.Library;
using OrchardTracker.MediaTorrent.Seeding;
using OrchardTracker.MediaTorrent.Services;
using OrchardTracker.MediaTorrent.Settings;

namespace OrchardTracker.MediaTorrent;

public sealed class Startup : StartupBase
{
    // Behind the modules that put a store of their own in place of the media module's, as Azure's does.
    public override int Order => OrchardCoreConstants.ConfigureOrder.Media + 100;

    // Behind the authentication, before everything that serves media.
    public override int ConfigureOrder => OrchardCoreConstants.ConfigureOrder.Authentication + 50;

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddDataMigration<Migrations>();
        services.Configure<StoreCollectionOptions>(options => options.Collections.Add(MediaEntryStore.Collection));
        services.AddIndexProvider<MediaEntryIndexProvider>();
        services.AddScoped<MediaEntryStore>();
        services.AddSingleton<EntryLock>();
        services.AddSingleton<EntryCursor>();
        services.AddSingleton<MediaRules>();
        services.AddTransient<IPostConfigureOptions<MediaOptions>, MediaUploadLimit>();
        services.AddWatchedMedia();
        AddPublishing(services);
        AddAccess(services);

        services.AddScoped<LocalMedia>();
        services.AddScoped<IWebSeedSource, MediaWebSeeds>();
        services.AddScoped<MediaWebSeedFiles>();
        services.AddScoped<ITorrentSource, MediaTorrentSource>();
        services.AddScoped<MediaUrls>();
        services.AddScoped<ServedMediaTorrents>();
        services.AddScoped<MediaOffers>();
        services.AddScoped<MediaTorrentDownload>();

        services.AddScoped<MediaTorrentRows>();
        services.AddScoped<MediaTorrentActions>();
        services.AddRecipeExecutionStep<MediaDecisionsStep>();
        services.Configure<MvcOptions>(options => options.Filters.Add<LibraryBadgesFilter>());
        services.AddPermissionProvider<PermissionProvider>();
        services.AddNavigationProvider<AdminMenu>();
        services.AddSiteDisplayDriver<MediaTorrentSettingsDriver>();
    }

    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider) =>
        app.UseMiddleware<MediaGate>();

    private static void AddPublishing(IServiceCollection services)
    {
        services.AddSingleton(provider => PublishingRegistry.GetOrAdd(
            provider.GetRequiredService<IShellHost>(), provider.GetRequiredService<ShellSettings>()));
        services.AddScoped<MediaReconciler>();
        services.AddScoped<MediaSweep>();
        services.AddScoped<FolderFiles>();
        services.AddScoped<MediaTakedown>();
        services.AddScoped<MediaPublication>();
        services.AddScoped<MediaAftermath>();
        services.AddScoped<IModularTenantEvents, PublishingTenantEvents>();
        services.AddScoped<IFeatureEventHandler, PublishingFeatureEvents>();
        services.AddSingleton<IBackgroundTask, MediaSweepTask>();
    }

    private static void AddAccess(IServiceCollection services)
    {
        services.AddScopedIndexProvider<MediaReferenceIndexProvider>();
        services.AddScoped<MediaOwners>();
        services.AddScoped<MediaReferenceRebuild>();
        services.AddScoped<MediaAccess>();
        services.AddScoped<IContentHandler, OwnerContentHandler>();
        services.AddScoped<IRoleUpdatedEventHandler, RoleEvents>();
        services.AddScoped<SeedTickets>();
        services.AddScoped<IAuthorizationHandler, SettingsAuthorizationHandler>();
    }
}
