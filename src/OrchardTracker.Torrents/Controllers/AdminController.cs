using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Records;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Navigation;
using OrchardTracker.Torrents.Moderation;
using OrchardTracker.Torrents.Searching;
using OrchardTracker.Torrents.Services;
using OrchardTracker.Torrents.ViewModels;
using YesSql;
using YesSql.Services;
using ISession = YesSql.ISession;

namespace OrchardTracker.Torrents.Controllers;

/// <summary>The moderators' pages: for users who may moderate torrents.</summary>
[Admin("Torrents/{action}", "Torrents{action}")]
public sealed class AdminController(
    IAuthorizationService authorization,
    TorrentModerator moderator,
    IContentManager contentManager,
    ISession session,
    INotifier notifier,
    IHtmlLocalizer<AdminController> H) : Controller
{
    private const int PageLength = 25;
    private const int MostAtOnce = 200;

    public override async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        if (!await authorization.AuthorizeAsync(User, TorrentPermissions.ModerateTorrents))
        {
            context.Result = this.ChallengeOrForbid();
            return;
        }

        await next();
    }

    [HttpGet]
    public async Task<IActionResult> Index(
        PagerParameters pagerParameters,
        [FromServices] TorrentFinder finder,
        [FromServices] TorrentLister lister,
        [FromServices] UploaderNames uploaders,
        [FromServices] IShapeFactory shapeFactory)
    {
        var options = AdminListOptions.Read(Request.Query);
        var query = options.ToQuery();
        var (count, isMore) = await finder.CountAsync(query);
        var pager = PagerOf(pagerParameters, count);
        var rows = await lister.ListAsync(query, PageLength, pager.GetStartIndex());
        var published = await FindPublishedAsync(rows.Select(row => row.ContentItem).Where(item => !item.Published && options.Visibility != TorrentVisibility.Unpublished));
        await uploaders.LoadAsync(rows.Select(row => row.ContentItem.Owner));
        var torrents = new List<AdminTorrent>();
        foreach (var row in rows)
        {
            var isPublished = row.ContentItem.Published || published.Contains(row.ContentItem.ContentItemId);
            torrents.Add(new AdminTorrent(
                row, isPublished, isPublished && !row.ContentItem.Published, await uploaders.FindAsync(row.ContentItem.Owner) ?? row.ContentItem.Author));
        }

        return View(new AdminListViewModel
        {
            Options = options,
            Torrents = torrents,
            Count = count,
            IsMore = isMore,
            Waiting = (await finder.CountAsync(new TorrentQuery { Visibility = TorrentVisibility.Unpublished })).Number,
            First = pager.GetStartIndex() + 1,
            Pager = await shapeFactory.PagerAsync(pager, count),
        });
    }

    /// <summary>Does something with the chosen torrents, or asks for the reason of a takedown first.</summary>
    [HttpPost]
    public async Task<IActionResult> Bulk(AdminBulkAction bulkAction, List<string>? itemIds, string? query, string? reason)
    {
        var items = await LoadAsync(itemIds ?? []);
        if (items.Count == 0)
        {
            await notifier.WarningAsync(H["Choose at least one torrent."]);
            return Back(query);
        }

        if (bulkAction == AdminBulkAction.TakeDown && string.IsNullOrWhiteSpace(reason))
        {
            return View("TakeDown", new TakeDownViewModel { Items = items, Query = query });
        }

        var done = 0;
        foreach (var item in items)
        {
            done += await DoAsync(bulkAction, item, reason ?? "") ? 1 : 0;
        }

        await TellAsync(done, items.Count - done);
        return Back(query);
    }

    [HttpGet]
    public async Task<IActionResult> TakenDown(PagerParameters pagerParameters, [FromServices] Takedowns takedowns, [FromServices] IShapeFactory shapeFactory)
    {
        var count = await takedowns.CountAsync();
        var pager = PagerOf(pagerParameters, count);
        return View(new TakenDownViewModel
        {
            Takedowns = await takedowns.ListAsync(pager.GetStartIndex(), PageLength),
            Count = count,
            Pager = await shapeFactory.PagerAsync(pager, count),
        });
    }

    [HttpPost]
    public async Task<IActionResult> Lift(string? infoHash, [FromServices] Takedowns takedowns)
    {
        if (!BitTorrent.InfoHash.TryParseHex(infoHash, out var hash) || !await takedowns.LiftAsync(hash))
        {
            return NotFound();
        }

        await notifier.SuccessAsync(H["The takedown has been lifted. The torrent may be uploaded again."]);
        return RedirectToAction(nameof(TakenDown));
    }

    private static Pager PagerOf(PagerParameters parameters, int count) => new(
        new PagerParameters { Page = Math.Clamp(parameters.Page ?? 1, 1, 1 + (Math.Max(0, count - 1) / PageLength)) }, PageLength);

    private Task<bool> DoAsync(AdminBulkAction action, ContentItem item, string reason) => action switch
    {
        AdminBulkAction.Publish => moderator.PublishAsync(item),
        AdminBulkAction.Unpublish => moderator.UnpublishAsync(item),
        AdminBulkAction.FreeLeech => moderator.SetFreeLeechAsync(item, isFree: true),
        AdminBulkAction.EndFreeLeech => moderator.SetFreeLeechAsync(item, isFree: false),
        AdminBulkAction.Delete => moderator.DeleteAsync(item),
        AdminBulkAction.TakeDown => moderator.TakeDownAsync(item, reason.Trim(), User.Identity?.Name),
        _ => Task.FromResult(false),
    };

    private async Task TellAsync(int done, int refused)
    {
        if (done > 0)
        {
            await notifier.SuccessAsync(H.Plural(done, "Done with a torrent.", "Done with {0} torrents."));
        }

        if (refused > 0)
        {
            await notifier.WarningAsync(H.Plural(refused, "That could not be done with a torrent.", "That could not be done with {0} torrents."));
        }
    }

    private async Task<List<ContentItem>> LoadAsync(List<string> ids)
    {
        var wanted = ids.Distinct().Take(MostAtOnce).ToList();
        var found = await session
            .Query<ContentItem, ContentItemIndex>(index => index.ContentItemId.IsIn(wanted) && index.Latest && index.ContentType == TorrentContent.Type)
            .ListAsync();
        var items = new List<ContentItem>();
        foreach (var item in found)
        {
            items.Add(await contentManager.LoadAsync(item));
        }

        return items;
    }

    /// <summary>Of drafts those that have a published version beside them.</summary>
    private async Task<HashSet<string>> FindPublishedAsync(IEnumerable<ContentItem> drafts)
    {
        var ids = drafts.Select(draft => draft.ContentItemId).ToList();
        var found = ids.Count == 0 ? [] : await session.QueryIndex<ContentItemIndex>(index => index.ContentItemId.IsIn(ids) && index.Published).ListAsync();
        return [.. found.Select(index => index.ContentItemId)];
    }

    private RedirectResult Back(string? query) =>
        Redirect(Url.Action(nameof(Index)) + (query?.StartsWith('?') == true && !query.Contains('\n', StringComparison.Ordinal) ? query : ""));
}
