using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrchardCore;
using OrchardCore.Environment.Shell;
using OrchardCore.FileStorage.FileSystem;
using OrchardCore.Media;
using OrchardCore.Media.Core;
using OrchardCore.Media.Core.Events;
using OrchardCore.Media.Events;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>Puts a remote store in the place of the site's media store, in the way of the modules for Azure and Amazon.</summary>
internal static class RemoteMedia
{
    /// <param name="hasCache">False for a store of somebody's own, which lacks what modules for remote stores bring along.</param>
    public static SiteOptions Options(StoreFaults faults, bool hasCache = true) => new()
    {
        ConfigureOrchard = orchard => orchard.ConfigureServices(services => Use(services, faults, hasCache), OrchardCoreConstants.ConfigureOrder.AzureMediaStorage),
    };

    private static void Use(IServiceCollection services, StoreFaults faults, bool hasCache)
    {
        // The first shell of a tenant has no features: it only looks which ones there are.
        if (!services.Any(service => service.ServiceType == typeof(IMediaFileStore)))
        {
            return;
        }

        if (hasCache)
        {
            AddCache(services);
        }

        services.Replace(ServiceDescriptor.Singleton<IMediaFileStore>(provider => new DefaultMediaFileStore(
            RemoteFileStore.Around(
                new FileSystemStore(
                    Directory.CreateDirectory(Path.Combine(provider.GetRequiredService<IWebHostEnvironment>().ContentRootPath, "Remote")).FullName,
                    provider.GetRequiredService<ILogger<FileSystemStore>>()),
                faults),
            "/media",
            "",
            provider.GetServices<IMediaEventHandler>(),
            provider.GetServices<IMediaCreatingEventHandler>(),
            provider.GetRequiredService<ILogger<DefaultMediaFileStore>>())));
    }

    private static void AddCache(IServiceCollection services)
    {
        services.AddSingleton<IMediaFileStoreCacheFileProvider>(provider => new DefaultMediaFileStoreCacheFileProvider(
            provider.GetRequiredService<ILogger<DefaultMediaFileStoreCacheFileProvider>>(),
            provider.GetRequiredService<IOptions<MediaOptions>>().Value.AssetsRequestPath,
            Directory.CreateDirectory(Path.Combine(
                provider.GetRequiredService<IWebHostEnvironment>().WebRootPath,
                provider.GetRequiredService<ShellSettings>().Name,
                DefaultMediaFileStoreCacheFileProvider.AssetsCachePath)).FullName));
        services.Replace(ServiceDescriptor.Singleton<IMediaFileProvider>(provider => provider.GetRequiredService<IMediaFileStoreCacheFileProvider>()));
        services.AddSingleton<IMediaFileStoreCache>(provider => provider.GetRequiredService<IMediaFileStoreCacheFileProvider>());
        services.AddSingleton<IMediaEventHandler, DefaultMediaFileStoreCacheEventHandler>();
    }
}
