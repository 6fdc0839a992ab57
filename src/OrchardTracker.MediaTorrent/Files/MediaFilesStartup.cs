using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Media;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Hosting;
using OrchardTracker.MediaTorrent.Seeding;
using OrchardTracker.MediaTorrent.Settings;

namespace OrchardTracker.MediaTorrent.Files;

/// <summary>Puts the watched store in the place of the site's media store, whichever it is.</summary>
internal static class MediaFilesStartup
{
    private const string OwnFolder = "OrchardTracker";

    public static void AddWatchedMedia(this IServiceCollection services)
    {
        services.AddSingleton<HiddenOriginals>();
        services.AddSingleton<HiddenAccess>();
        services.AddSingleton<MediaCaches>();
        services.AddSingleton(provider => new UploadMarkers(FolderOf(provider, "Uploads")));
        services.AddSingleton(provider => new StagedFiles(FolderOf(provider, "Staged")));
        services.AddScoped<MediaVisibility>();
        if (services.LastOrDefault(service => service.ServiceType == typeof(IMediaFileStore)) is not { } decorated)
        {
            return;
        }

        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<VisibleMedia>(provider, (IMediaFileStore)(decorated.ImplementationInstance
            ?? decorated.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, decorated.ImplementationType!))));
        services.Replace(ServiceDescriptor.Singleton<IMediaFileStore>(provider => new WatchedMediaFileStore(
            provider.GetRequiredService<VisibleMedia>(),
            provider.GetRequiredService<HiddenOriginals>(),
            provider.GetRequiredService<HiddenAccess>(),
            provider.GetRequiredService<MediaCaches>(),
            provider.GetRequiredService<UploadMarkers>(),
            (path, length) => IsToBeHiddenAsync(provider.GetRequiredService<MediaRules>(), path, length),
            change => Report(provider.GetRequiredService<TenantPublishing>(), change))));
    }

    private static void Report(TenantPublishing publishing, MediaChange change)
    {
        if (!MediaPaths.IsAttached(change.NewPath ?? change.Path) || ShellScope.Current is null)
        {
            publishing.Report(change);
            return;
        }

        // Whose it is stands in its content item, which is committed with the request. Before that it would be nobody's, be
        // made a private torrent of, and have to be hashed once more.
        ShellScope.AddDeferredTask(_ =>
        {
            publishing.Report(change);
            return Task.CompletedTask;
        });
    }

    private static async Task<bool> IsToBeHiddenAsync(MediaRules rules, string path, long? length)
    {
        // On its way to somewhere else: there it is decided.
        if (MediaPaths.IsTemporary(path))
        {
            return false;
        }

        var decision = await rules.DecideAsync(path, length);
        if (decision.Choices.IsTorrentOnly || decision.Folder is not { } folder || ShellScope.Services is not { } services)
        {
            return decision.Choices.IsTorrentOnly;
        }

        // What comes into a folder goes by what was decided about the folder.
        return await services.GetRequiredService<MediaEntryStore>().FindByPathAsync(folder) is { Override.IsTorrentOnly: true };
    }

    private static string FolderOf(IServiceProvider provider, string name)
    {
        var options = provider.GetRequiredService<IOptions<ShellOptions>>().Value;
        return Path.GetFullPath(Path.Combine(
            options.ShellsApplicationDataPath, options.ShellsContainerName, provider.GetRequiredService<ShellSettings>().Name, OwnFolder, name));
    }
}
