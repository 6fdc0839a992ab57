using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Navigation;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Services;
using OrchardTracker.MediaTorrent.ViewModels;

namespace OrchardTracker.MediaTorrent.Controllers;

/// <summary>The list of media torrents.</summary>
[Admin("MediaTorrents/{action}", "MediaTorrents.{action}")]
public sealed class MediaTorrentsController(
    IAuthorizationService authorization,
    MediaTorrentRows rows,
    MediaTorrentActions actions,
    INotifier notifier,
    IShapeFactory shapes,
    IOptions<PagerOptions> pagerOptions,
    IStringLocalizer<MediaTorrentsController> S,
    IHtmlLocalizer<MediaTorrentsController> H) : Controller
{
    [Admin("MediaTorrents", "MediaTorrents.Index")]
    public async Task<IActionResult> Index(MediaTorrentListViewModel model, PagerParameters pagerParameters)
    {
        if (!await authorization.AuthorizeAsync(User, MediaTorrentPermissions.ManageMediaTorrents))
        {
            return Forbid();
        }

        var pager = new Pager(pagerParameters, pagerOptions.Value.GetPageSize());
        var state = Enum.TryParse<MediaEntryState>(model.State, out var parsed) ? parsed : (MediaEntryState?)null;
        (model.Rows, model.Total) = await rows.ListAsync(model.Search, state, pager.GetStartIndex(), pager.PageSize);
        model.Share = await rows.GetShareAsync();
        model.States =
        [
            new(S["All"], ""),
            new(S["Waiting"], nameof(MediaEntryState.Waiting)),
            new(S["Ready"], nameof(MediaEntryState.Ready)),
            new(S["Failed"], nameof(MediaEntryState.Failed)),
            new(S["Cancelled"], nameof(MediaEntryState.Cancelled)),
            new(S["Off"], nameof(MediaEntryState.Off)),
            new(S["Taken down"], nameof(MediaEntryState.Removed)),
        ];
        model.BulkActions =
        [
            new(S["Make the torrent (again)"], nameof(MediaTorrentBulkAction.Remake)),
            new(S["Stop"], nameof(MediaTorrentBulkAction.Cancel)),
            new(S["Hide the original"], nameof(MediaTorrentBulkAction.Hide)),
            new(S["Show the original"], nameof(MediaTorrentBulkAction.Show)),
            new(S["List"], nameof(MediaTorrentBulkAction.List)),
            new(S["Do not list"], nameof(MediaTorrentBulkAction.Unlist)),
            new(S["Take down"], nameof(MediaTorrentBulkAction.Remove)),
        ];
        var routeValues = new RouteValueDictionary();
        routeValues.TryAdd(nameof(model.Search), model.Search);
        routeValues.TryAdd(nameof(model.State), model.State);
        model.Pager = await shapes.PagerAsync(pager, model.Total, routeValues);
        return View(model);
    }

    [HttpPost]
    [ActionName(nameof(Index))]
    [Admin("MediaTorrents", "MediaTorrents.Bulk")]
    public async Task<IActionResult> Bulk(MediaTorrentBulkAction bulkAction, string[] itemIds, string? search, string? state)
    {
        if (!await authorization.AuthorizeAsync(User, MediaTorrentPermissions.ManageMediaTorrents))
        {
            return Forbid();
        }

        var count = await actions.RunAsync(bulkAction, itemIds ?? []);
        if (count > 0)
        {
            await notifier.SuccessAsync(H.Plural(count, "Done for {0} file.", "Done for {0} files."));
            if (bulkAction == MediaTorrentBulkAction.Hide)
            {
                await notifier.WarningAsync(H["Who has downloaded an original keeps it. Browsers, proxies and a CDN may keep copies of what was public for 30 days: purge the CDN if you have one."]);
            }
        }
        else
        {
            await notifier.WarningAsync(H["Nothing was selected for which that could be done."]);
        }

        return RedirectToAction(nameof(Index), new { search, state });
    }

    /// <summary>A hidden original, for those who may manage it.</summary>
    [HttpGet]
    [Admin("MediaTorrents/{entryId}/Original", "MediaTorrents.Original")]
    public async Task<IActionResult> Original(
        string entryId, [FromServices] MediaEntryStore entries, [FromServices] HiddenOriginals hidden, [FromServices] IContentTypeProvider contentTypes)
    {
        if (!await authorization.AuthorizeAsync(User, MediaTorrentPermissions.ManageMediaTorrents))
        {
            return Forbid();
        }

        if (await entries.FindAsync(entryId) is not { IsFolder: false } entry || !hidden.Exists(entry.Path))
        {
            return NotFound();
        }

        await HiddenOriginalResult.Of(hidden, contentTypes, entry.Path, asDownload: true).ExecuteAsync(HttpContext);
        return new EmptyResult();
    }
}
