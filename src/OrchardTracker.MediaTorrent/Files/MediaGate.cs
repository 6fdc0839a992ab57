using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrchardCore.Media;
using OrchardCore.Routing;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Hosting;
using OrchardTracker.MediaTorrent.Services;
using OrchardTracker.MediaTorrent.Settings;

namespace OrchardTracker.MediaTorrent.Files;

/// <summary>
/// Stands before everything that serves media: hidden originals go out here, to those who may manage them, or not at all.
/// Gives the torrent of a file to whoever adds <c>?torrent</c> to its URL, as S3 once did.
/// </summary>
internal sealed class MediaGate(RequestDelegate next, HiddenOriginals hidden, IContentTypeProvider contentTypes, IOptions<MediaOptions> options)
{
    private const string TorrentParameter = "torrent";

    // All browsers, and what wants to be taken for one.
    private const string BrowserMark = "Mozilla/";

    private readonly PathString _mediaPath = options.Value.AssetsRequestPath;

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithNormalizedSegments(_mediaPath, StringComparison.OrdinalIgnoreCase, out var rest))
        {
            return next(context);
        }

        var path = MediaPaths.Normalize(rest.Value);
        if (context.Request.Query.ContainsKey(TorrentParameter))
        {
            return context.RequestServices.GetRequiredService<MediaTorrentDownload>().SendAsync(context, path);
        }

        return hidden.Exists(path) ? SendHiddenAsync(context, path)
            : MediaPaths.IsTemporary(path) ? GuardTemporaryAsync(context, path)
            : SendVisibleAsync(context, path);
    }

    // At its media URL, where the web seed of a visible file is. Browsers show pictures and films from there, which is no
    // part of any download; clients call themselves by their own names.
    private async Task SendVisibleAsync(HttpContext context, string path)
    {
        await next(context);
        if (context.Response is { StatusCode: StatusCodes.Status200OK or StatusCodes.Status206PartialContent, ContentLength: > 0 and var length }
            && HttpMethods.IsGet(context.Request.Method) && !context.Request.QueryString.HasValue && !context.RequestAborted.IsCancellationRequested
            && !context.Request.Headers.UserAgent.ToString().StartsWith(BrowserMark, StringComparison.Ordinal)
            && await context.RequestServices.GetRequiredService<MediaEntryStore>().FindByPathAsync(path) is { HasTorrent: true, HasWebSeed: true })
        {
            context.RequestServices.GetRequiredService<TenantPublishing>().WebSeeds.Count(length);
        }
    }

    private async Task SendHiddenAsync(HttpContext context, string path)
    {
        if (await HiddenAccess.MayManageAsync(context, path))
        {
            await HiddenOriginalResult.Of(hidden, contentTypes, path).ExecuteAsync(context);
            return;
        }

        var rules = context.RequestServices.GetRequiredService<MediaRules>();
        if ((await rules.GetSettingsAsync()).HiddenPage == HiddenPage.Offer
            && await context.RequestServices.GetRequiredService<MediaOffers>().FindPageAsync(path) is { } url)
        {
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Redirect(url);
            return;
        }

        await NothingHere.SendAsync(context);
    }

    // What an editor has uploaded for a content item that is not saved yet. Where it will be hidden it is no one's till then.
    private async Task GuardTemporaryAsync(HttpContext context, string path)
    {
        var rules = context.RequestServices.GetRequiredService<MediaRules>();
        if (await rules.HidesAnythingAsync() && !await HiddenAccess.MayManageAsync(context, path))
        {
            await NothingHere.SendAsync(context);
            return;
        }

        await next(context);
    }
}
