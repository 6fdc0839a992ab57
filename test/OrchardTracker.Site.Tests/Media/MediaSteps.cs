using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.BackgroundTasks;
using OrchardCore.Entities;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Media;
using OrchardCore.Settings;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Hosting;
using OrchardTracker.MediaTorrent.Services;
using OrchardTracker.MediaTorrent.Settings;
using OrchardTracker.MediaTorrent.ViewModels;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>What tests do with the media library, and how they wait for its torrents.</summary>
internal static class MediaSteps
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Uploads a file as the media library's page does.</summary>
    public static async Task UploadAsync(this HttpClient editor, string folder, string name, byte[] bytes)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(folder), "path" },
            { new StringContent(await editor.GetAntiforgeryTokenAsync("Admin/MediaTorrents")), "__RequestVerificationToken" },
        };
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, "files", name);
        await editor.SendUploadAsync(form);
    }

    /// <summary>Uploads a piece of a file as the media library's page does.</summary>
    /// <param name="range">Null for a file in one piece.</param>
    public static async Task UploadPieceAsync(this HttpClient editor, string token, string uploadId, string name, byte[] bytes, ContentRangeHeaderValue? range)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(""), "path" },
            { new StringContent(uploadId), "__chunkedFileUploadId" },
            { new StringContent(token), "__RequestVerificationToken" },
            { new ByteArrayContent(bytes), "files", name },
        };
        form.Headers.ContentRange = range;
        await editor.SendUploadAsync(form);
    }

    private static async Task SendUploadAsync(this HttpClient editor, MultipartFormDataContent form)
    {
        using var response = await editor.PostAsync("Admin/Media/Upload", form);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode && !answer.Contains("\"error\"", StringComparison.Ordinal), $"{response.StatusCode} {answer}");
    }

    public static Task WriteAsync(this TestSite site, string path, byte[] bytes, bool overwrite = false) => site.InTenantAsync(async services =>
    {
        using var stream = new MemoryStream(bytes);
        await services.GetRequiredService<IMediaFileStore>().CreateFileFromStreamAsync(path, stream, overwrite);
    });

    public static Task InStoreAsync(this TestSite site, Func<IMediaFileStore, Task> work) =>
        site.InTenantAsync(services => work(services.GetRequiredService<IMediaFileStore>()));

    /// <summary>Works as the site itself does, and not as for a visitor: hidden originals are seen.</summary>
    public static Task InBackgroundAsync(this TestSite site, Func<IServiceProvider, Task> work) => site.InTenantAsync(services =>
    {
        services.GetRequiredService<IHttpContextAccessor>().HttpContext!.Items["IsBackground"] = true;
        return work(services);
    });

    /// <summary>Has the store compared with what is known of it, as the background task does every quarter of an hour.</summary>
    public static Task SweepAsync(this TestSite site) => site.InTenantAsync(services =>
        services.GetServices<IBackgroundTask>().OfType<MediaSweepTask>().Single().DoWorkAsync(services, CancellationToken.None));

    public static Task<MediaEntry?> FindEntryAsync(this TestSite site, string path) =>
        site.InTenantAsync(services => services.GetRequiredService<MediaEntryStore>().FindByPathAsync(path));

    /// <summary>Does to the entry of a path what the admin list does.</summary>
    public static async Task ActAsync(this TestSite site, string path, MediaTorrentBulkAction action)
    {
        // Not in one session, which would go by what it has read: the list sends ids.
        var entry = await site.FindEntryAsync(path);
        Assert.Equal(1, await site.InTenantAsync(services => services.GetRequiredService<MediaTorrentActions>().RunAsync(action, [entry!.EntryId])));
    }

    /// <summary>Hides an original, and waits until it is.</summary>
    public static async Task HideAsync(this TestSite site, string path)
    {
        await site.ActAsync(path, MediaTorrentBulkAction.Hide);
        await EventuallyAsync(() => site.IsHiddenAsync(path), () => $"{path} is not hidden\n{site.Log}");

        // The file goes first. All is done when the lock is given back.
        await site.InTenantAsync(async services =>
        {
            await using var locker = await services.GetRequiredService<EntryLock>().TryAcquireAsync(TimeSpan.FromMinutes(2));
            Assert.NotNull(locker);
        });
    }

    /// <summary>Shows an original, and waits until it is at its URL.</summary>
    public static async Task ShowAsync(this TestSite site, string path)
    {
        await site.ActAsync(path, MediaTorrentBulkAction.Show);
        await EventuallyAsync(async () => !await site.IsHiddenAsync(path), () => $"{path} is still hidden\n{site.Log}");
    }

    public static Task<bool> IsHiddenAsync(this TestSite site, string path) => site.InTenantAsync(services =>
        Task.FromResult(services.GetRequiredService<HiddenOriginals>().Exists(path) && !File.Exists(Path.Combine(site.Folder, "App_Data/Sites/Default/Media", path))));

    /// <summary>Changes the settings of media torrents as the settings page does.</summary>
    public static Task SetAsync(this TestSite site, Action<MediaTorrentSettings> change) => site.InTenantAsync(async services =>
    {
        var sites = services.GetRequiredService<ISiteService>();
        var container = await sites.LoadSiteSettingsAsync();
        var settings = container.GetOrCreate<MediaTorrentSettings>();
        change(settings);
        container.Put(settings);
        await sites.UpdateSiteSettingsAsync(container);
        var publishing = services.GetRequiredService<TenantPublishing>();
        ShellScope.AddDeferredTask(_ =>
        {
            publishing.Report(new MediaChange(MediaChangeKind.Sweep, ""));
            return Task.CompletedTask;
        });
    });

    public static Task<Metainfo> FindTorrentAsync(this TestSite site, MediaEntry entry) => site.InTenantAsync(async services =>
        (await services.GetRequiredService<ITorrentStore>().FindAsync(entry.GetHashes()[0]))!);

    /// <summary>Waits until a path has its torrent.</summary>
    public static Task<MediaEntry> WaitForTorrentAsync(this TestSite site, string path) =>
        site.WaitForEntryAsync(path, entry => entry is { State: MediaEntryState.Ready })!;

    public static async Task<MediaEntry?> WaitForEntryAsync(this TestSite site, string path, Func<MediaEntry?, bool> condition)
    {
        MediaEntry? entry = null;
        await EventuallyAsync(
            async () => condition(entry = await site.FindEntryAsync(path)),
            () => $"{path} is {JsonSerializer.Serialize(entry)}\n{site.Log}");
        return entry;
    }

    public static async Task EventuallyAsync(Func<Task<bool>> condition, Func<string> tell)
    {
        var limit = DateTime.UtcNow + Patience;
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < limit, tell());
            await Task.Delay(50);
        }
    }
}
