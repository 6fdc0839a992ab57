using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Net.Http.Headers;
using OrchardCore.ContentManagement;
using OrchardCore.Contents;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Counting;
using OrchardTracker.Torrents.Feeds;
using OrchardTracker.Torrents.Models;
using OrchardTracker.Torrents.Searching;
using OrchardTracker.Torrents.Services;
using OrchardTracker.Torrents.ViewModels;

namespace OrchardTracker.Torrents.Controllers;

/// <summary>What visitors see and get. Whoever may view torrents may.</summary>
public sealed class TorrentController(IAuthorizationService authorization, IContentManager contentManager, VisibleTorrents visible, ServedTorrents served) : Controller
{
    private const string HashPattern = "^[[0-9a-fA-F]]{{40}}$";
    private const int PageLength = 25;

    [HttpGet("torrents")]
    public async Task<IActionResult> Index(
        PagerParameters pagerParameters,
        [FromServices] TorrentFinder finder,
        [FromServices] TorrentLister lister,
        [FromServices] TorrentShapes shapes,
        [FromServices] ITorrentFacets facets,
        [FromServices] IShapeFactory shapeFactory,
        [FromServices] FeedLinks feeds,
        [FromServices] IClock clock)
    {
        if (!await authorization.AuthorizeContentTypeAsync(User, CommonPermissions.ViewContent, TorrentContent.Type))
        {
            return this.ChallengeOrForbid();
        }

        var known = await facets.GetAsync();
        var options = TorrentListOptions.Read(Request.Query, known);
        var query = options.ToQuery(clock.UtcNow);
        var (count, isMore) = await finder.CountAsync(query);
        var pager = new Pager(new PagerParameters { Page = Math.Clamp(pagerParameters.Page ?? 1, 1, 1 + (Math.Max(0, count - 1) / PageLength)) }, PageLength);
        var rows = await lister.ListAsync(query, pager.PageSize, pager.GetStartIndex());
        return View(new TorrentListViewModel
        {
            Options = options,
            Count = count,
            IsMore = isMore,
            FeedUrl = await feeds.AnnounceAsync(User, options),
            MayViewStatistics = await authorization.AuthorizeAsync(User, TorrentPermissions.ViewTorrentStatistics),
            MayUpload = User.Identity?.IsAuthenticated == true && await authorization.AuthorizeAsync(User, TorrentPermissions.UploadTorrents),
            Filters = await shapes.FiltersAsync(options),
            Table = await shapes.TableAsync(rows, "Page", options),
            Pager = await shapeFactory.PagerAsync(pager, count),
        });
    }

    [HttpGet("torrents/{infoHash:regex(" + HashPattern + ")}.torrent")]
    public async Task<IActionResult> Download(string infoHash, string? key, [FromServices] TorrentBoard board, [FromServices] FeedKeys keys)
    {
        if (key is not null)
        {
            if (await keys.OpenAsync(key) is not { } user)
            {
                return FeedController.NoKey();
            }

            HttpContext.User = user;
        }

        return await ServeAsync(infoHash, torrent =>
        {
            foreach (var hash in torrent.Metainfo.TrackerHashes)
            {
                board.CountDownload(hash);
            }

            return File(torrent.Metainfo.Bytes.ToArray(), ServedTorrent.ContentType, torrent.Metainfo.Name + ".torrent");
        });
    }

    [HttpGet("torrents/{infoHash:regex(" + HashPattern + ")}/qr.svg")]
    public Task<IActionResult> QrCode(string infoHash) =>
        ServeAsync(infoHash, torrent => Content(MagnetQrCode.Draw(torrent), "image/svg+xml"));

    [HttpGet("torrents/{infoHash:regex(" + HashPattern + ")}/files")]
    public Task<IActionResult> Files(string infoHash, int p = 1) => ServeAsync(infoHash, torrent =>
        View(TorrentFileListViewModel.Of(infoHash, torrent.Metainfo, p)));

    /// <summary>Adds a web seed: for who may do so with any torrent, or may edit this one.</summary>
    [HttpPost("torrents/{infoHash:regex(" + HashPattern + ")}/webseeds")]
    public async Task<IActionResult> AddWebSeed(
        string infoHash, string? url, [FromServices] WebSeeds webSeeds, [FromServices] INotifier notifier, [FromServices] IHtmlLocalizer<TorrentController> H)
    {
        if (await visible.FindPublishedAsync(infoHash) is not { } item)
        {
            return NotFound();
        }

        if (!await authorization.AuthorizeAddingAsync(User, item))
        {
            return this.ChallengeOrForbid();
        }

        InfoHash.TryParseHex(infoHash, out var hash);
        var (type, message) = await webSeeds.AddAsync(hash, url ?? "") switch
        {
            WebSeedResult.Added => (NotifyType.Success, H["The web seed has been added."]),
            WebSeedResult.TooMany => (NotifyType.Error, H["The torrent has as many web seeds as it may have."]),
            WebSeedResult.NotPublic => (NotifyType.Error, H["The address leads into a private network: clients elsewhere could not use it."]),
            _ => (NotifyType.Error, H["This is not the address of a web server."]),
        };
        await notifier.AddAsync(type, message);
        var metadata = await contentManager.PopulateAspectAsync<ContentItemMetadata>(item);
        return RedirectToRoute(metadata.DisplayRouteValues);
    }

    /// <summary>
    /// Shows something of a torrent: of one that is published to whoever may view it, of another to who may edit it, or
    /// has uploaded it.
    /// </summary>
    private async Task<IActionResult> ServeAsync(string infoHash, Func<ServedTorrent, IActionResult> answer)
    {
        var (item, isForbidden) = await visible.FindAsync(User, infoHash);
        if (item is null)
        {
            return isForbidden ? this.ChallengeOrForbid() : NotFound();
        }

        if (await served.FindAsync(item.GetOrCreate<TorrentPart>()) is not { } torrent)
        {
            return NotFound();
        }

        // The addresses within depend on the one by which the visitor came, and on who he is.
        Response.Headers[HeaderNames.CacheControl] = torrent.IsPersonal ? "private, no-store" : "private, no-cache";
        return answer(torrent);
    }
}
