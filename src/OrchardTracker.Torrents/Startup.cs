using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrchardCore.BackgroundTasks;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.Data;
using OrchardCore.Data.Migration;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Recipes;
using OrchardCore.Security.Permissions;
using OrchardTracker.Torrents.Counting;
using OrchardTracker.Torrents.Data;
using OrchardTracker.Torrents.Deployment;
using OrchardTracker.Torrents.Details;
using OrchardTracker.Torrents.Drivers;
using OrchardTracker.Torrents.Feeds;
using OrchardTracker.Torrents.Following;
using OrchardTracker.Torrents.Foreign;
using OrchardTracker.Torrents.Handlers;
using OrchardTracker.Torrents.Indexes;
using OrchardTracker.Torrents.Live;
using OrchardTracker.Torrents.Models;
using OrchardTracker.Torrents.Moderation;
using OrchardTracker.Torrents.Searching;
using OrchardTracker.Torrents.Services;
using OrchardTracker.Torrents.Statistics;
using OrchardTracker.Torrents.TextSearch;
using OrchardTracker.Torrents.Uploading;

namespace OrchardTracker.Torrents;

[Feature(TorrentFeatures.Torrents)]
public sealed class Startup : OrchardCore.Modules.StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddDataMigration<Migrations>();
        services.AddPermissionProvider<Permissions>();
        services.AddNavigationProvider<AdminMenu>();
        services.AddSiteDisplayDriver<TorrentSettingsDisplayDriver>();
        services.AddIndexProvider<TorrentPartIndexProvider>();
        services.AddContentPart<TorrentPart>()
            .UseDisplayDriver<TorrentPartDisplayDriver>()
            .UseDisplayDriver<TorrentPartEditor>()
            .AddHandler<TorrentPartHandler>();

        services.AddRecipeExecutionStep<TorrentFilesStep>();

        services.AddScoped<TorrentRecords>();
        services.AddScoped<TorrentIntake>();
        services.AddScoped<TorrentItems>();
        services.AddScoped<WebSeeds>();
        services.AddScoped<TorrentChanges>();
        services.AddScoped<Takedowns>();
        services.AddScoped<TorrentModerator>();
        services.AddScoped<ModerationGate>();
        services.AddScoped<IAuthorizationHandler, ModerationAuthorizationHandler>();
        services.AddScoped<UploadIntake>();
        services.AddScoped<UploadReviewer>();
        services.AddScoped<TorrentEditor>();
        services.AddScoped<TorrentUploader>();
        services.AddScoped<PendingUploads>();
        services.AddScoped<UploadPages>();
        services.AddScoped<UploadNotices>();
        services.AddScoped<TorrentDuplicates>();
        services.AddSingleton<ChangeCursor>();
        services.AddScoped<ChangeLog>();
        services.AddSingleton<RegistrationGate>();
        services.AddScoped<TorrentRegistrar>();
        services.AddScoped<ITorrentSource>(provider => provider.GetRequiredService<TorrentRegistrar>());
        services.AddScoped<ITorrentCatalog, TorrentCatalog>();
        services.AddScoped<OtherTrackers>();
        services.AddScoped<ServedTorrents>();
        services.AddScoped<VisibleTorrents>();
        services.AddScoped<IAuthorizationHandler, ApplicationAuthorizationHandler>();
        services.AddScoped<TorrentLinks>();
        services.AddScoped<FeedKeys>();
        services.AddScoped<FeedBuilder>();
        services.AddScoped<FeedLinks>();
        services.AddSingleton<LiveCountsStream>();
        services.AddSingleton<IStartupFilter, LiveCountsFilter>();

        services.AddScoped<TorrentCourse>();
        services.AddScoped<PeerLister>();
        services.AddScoped<UploaderNames>();
        services.AddScoped<TorrentHead>();

        services.TryAddSingleton(new SearchLimits());
        services.AddScoped<TorrentFinder>();
        services.AddScoped<TorrentLister>();
        services.AddScoped<TorrentShapes>();
        services.TryAddScoped<ITorrentFacets, NoFacets>();
        services.TryAddScoped<ITextIndex, NoTextIndex>();
        services.AddResourceConfiguration<ResourceManagementOptionsConfiguration>();

        services.AddSingleton<ServerName>();
        services.AddScoped<SiteServers>();
        services.AddSingleton<TorrentBoard>();
        services.AddScoped<BoardLoader>();
        services.AddScoped<PublicAccess>();
        services.AddSingleton<CountWriter>();
        services.AddSingleton<CountFlush>();
        services.AddScoped<DaySampler>();
        services.AddScoped<TotalsReader>();
        services.AddScoped<StatisticsReader>();
        services.AddScoped<StatisticsShapes>();
        services.AddScoped<IModularTenantEvents, BoardTenantEvents>();
        services.AddSingleton<IBackgroundTask, CountingBackgroundTask>();
        services.AddSingleton<IBackgroundTask, SamplingBackgroundTask>();

        services.AddOptions<ForeignClientOptions>();
        services.AddSingleton<ForeignClient>();
        services.AddScoped<ForeignTrackers>();
        services.AddScoped<ForeignScraper>();
        services.AddSingleton<IBackgroundTask, ForeignBackgroundTask>();
    }
}
