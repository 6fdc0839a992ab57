using Microsoft.Extensions.DependencyInjection;
using OrchardCore.BackgroundTasks;
using OrchardCore.ContentManagement;
using OrchardCore.Entities;
using OrchardCore.Environment.Shell;
using OrchardCore.Settings;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Torrents.Models;
using OrchardTracker.Torrents.Searching;
using OrchardTracker.Torrents.Services;
using OrchardTracker.Torrents.Settings;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>Puts torrents into a site.</summary>
internal static class SiteTorrents
{
    /// <summary>Removes the torrents that come with the site, and sees to it that none comes by itself.</summary>
    public static async Task EmptyAsync(this TestSite site)
    {
        await site.InTenantAsync(async services =>
        {
            var features = services.GetRequiredService<IShellFeaturesManager>();
            var media = (await features.GetEnabledFeaturesAsync()).Where(feature => feature.Id == "OrchardTracker.MediaTorrent");
            await features.DisableFeaturesAsync([.. media], force: true);
        });
        await site.InTenantAsync(async services =>
        {
            var catalog = services.GetRequiredService<ITorrentCatalog>();
            var finder = services.GetRequiredService<TorrentFinder>();
            foreach (var hit in await finder.FindAsync(new TorrentQuery { Visibility = TorrentVisibility.All }, 100))
            {
                InfoHash.TryParseHex(hit.InfoHash, out var hash);
                Assert.True(await catalog.RemoveAsync(hash));
            }
        });
    }

    /// <summary>Makes a torrent of the given title and paths and publishes it.</summary>
    public static async Task<Metainfo> PublishTorrentAsync(this TestSite site, string title, params string[] paths)
    {
        var torrent = await SampleTorrent.CreateAsync(title.Replace('/', ' '), null, paths);
        await site.PublishAsync(torrent, new CatalogDetails { Title = title });
        return torrent;
    }

    public static Task PublishAsync(this TestSite site, Metainfo torrent, CatalogDetails details) =>
        site.InTenantAsync(async services => Assert.NotNull(await services.GetRequiredService<ITorrentCatalog>().PublishAsync(torrent, details)));

    /// <summary>Changes the settings of the site's torrents.</summary>
    public static Task SetTorrentsAsync(this TestSite site, Action<TorrentSettings> change) => site.InTenantAsync(async services =>
    {
        var siteService = services.GetRequiredService<ISiteService>();
        var settings = await siteService.LoadSiteSettingsAsync();
        settings.Alter(nameof(TorrentSettings), change);
        await siteService.UpdateSiteSettingsAsync(settings);
    });

    /// <summary>What the latest version of a torrent's item says of it.</summary>
    public static Task<TorrentPart> PartOfAsync(this TestSite site, Metainfo torrent) => site.InTenantAsync(async services =>
    {
        var versions = await services.GetRequiredService<TorrentItems>().FindVersionsAsync(torrent.TrackerHashes[0]);
        return versions[0].GetOrCreate<TorrentPart>();
    });

    /// <summary>Runs a background task now instead of when its time comes.</summary>
    public static Task RunBackgroundTaskAsync(this TestSite site, string name) => site.InTenantAsync(services =>
        services.GetServices<IBackgroundTask>().Single(task => task.GetType().Name == name).DoWorkAsync(services, CancellationToken.None));
}
