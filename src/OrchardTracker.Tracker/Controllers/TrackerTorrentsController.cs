using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Navigation;
using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Lists;
using OrchardTracker.Tracker.Services;
using OrchardTracker.Tracker.ViewModels;

namespace OrchardTracker.Tracker.Controllers;

/// <summary>The torrents that are registered by hand, and those that are blocked. For who manages the tracker.</summary>
[Admin("Tracker/Torrents/{action}", "TrackerTorrents.{action}")]
public sealed class TrackerTorrentsController(
    TorrentLists lists,
    TorrentInput input,
    SiteTracker tracker,
    IAuthorizationService authorizationService,
    INotifier notifier,
    IShapeFactory shapeFactory,
    IOptions<PagerOptions> pagerOptions,
    IHtmlLocalizer<TrackerTorrentsController> localizer) : Controller
{
    // A whitelist of a million hashes has 41 MB.
    private const int MaxUpload = 64 << 20;

    internal readonly IHtmlLocalizer H = localizer;

    [Admin("Tracker/Torrents", "TrackerTorrents")]
    public Task<IActionResult> Index(TorrentListViewModel model, PagerParameters pagerParameters) => ListAsync(model, pagerParameters, blocked: false);

    public Task<IActionResult> Blocked(TorrentListViewModel model, PagerParameters pagerParameters) => ListAsync(model, pagerParameters, blocked: true);

    public async Task<IActionResult> Add(bool blocks) =>
        await IsPermittedAsync() ? View(new AddTorrentsViewModel { Blocks = blocks }) : Forbid();

    [HttpPost]
    [RequestSizeLimit(MaxUpload)]
    [RequestFormLimits(MultipartBodyLengthLimit = MaxUpload)]
    public async Task<IActionResult> Add(AddTorrentsViewModel model)
    {
        if (!await IsPermittedAsync())
        {
            return Forbid();
        }

        input.ReadText(model.Text);
        foreach (var file in model.Files ?? Enumerable.Empty<Microsoft.AspNetCore.Http.IFormFile>())
        {
            await input.ReadFileAsync(file);
        }

        if (input.Torrents.Count == 0)
        {
            ModelState.AddModelError(nameof(model.Text), H["There is no torrent in what you have entered."].Value);
            AddFaults();
            return View(model);
        }

        await (model.Blocks ? BlockAsync(model.Reason) : RegisterAsync());
        if (input.FaultCount > 0)
        {
            await notifier.WarningAsync(H["{0} lines or files could not be read, the first: {1}", input.FaultCount, input.Faults[0].Value]);
        }

        return RedirectToAction(model.Blocks ? nameof(Blocked) : nameof(Index));
    }

    /// <summary>Does something with the torrents that are selected in the list.</summary>
    [HttpPost]
    public async Task<IActionResult> Bulk(string bulkAction, string[]? hashes, string? search)
    {
        if (!await IsPermittedAsync())
        {
            return Forbid();
        }

        List<InfoHash> selected = [];
        foreach (var text in hashes ?? [])
        {
            if (InfoHash.TryParseHex(text, out var hash))
            {
                selected.Add(hash);
            }
        }

        if (selected.Count == 0)
        {
            await notifier.WarningAsync(H["No torrents were selected."]);
        }
        else
        {
            await RunAsync(bulkAction, selected);
        }

        return RedirectToAction(bulkAction == "unblock" ? nameof(Blocked) : nameof(Index), new { search });
    }

    private async Task<IActionResult> ListAsync(TorrentListViewModel model, PagerParameters pagerParameters, bool blocked)
    {
        if (!await IsPermittedAsync())
        {
            return Forbid();
        }

        var pager = pagerParameters.ToPager(pagerOptions.Value.GetPageSize());
        var torrents = await lists.ListAsync(blocked, model.Search, pager.GetStartIndex(), pager.PageSize);
        model.IsOfBlocked = blocked;
        model.Rows = [.. torrents.Select(torrent => (torrent, tracker.GetCounts(torrent.Hash), tracker.IsBlocked(torrent.Hash), tracker.TermsOf(torrent.Hash)))];
        model.Total = await lists.CountAsync(blocked, model.Search);
        var routeValues = new RouteValueDictionary();
        if (!string.IsNullOrEmpty(model.Search))
        {
            routeValues.TryAdd(nameof(model.Search), model.Search);
        }

        model.Pager = await shapeFactory.PagerAsync(pager, (int)Math.Min(model.Total, int.MaxValue), routeValues);
        return View(nameof(Index), model);
    }

    private async Task RegisterAsync()
    {
        var (added, blocked) = await lists.RegisterAsync(input.Torrents, User.Identity?.Name);
        await notifier.SuccessAsync(H.Plural(added, "One torrent was registered.", "{0} torrents were registered."));
        if (added < input.Torrents.Count)
        {
            await notifier.InformationAsync(H.Plural(input.Torrents.Count - added, "One was registered already.", "{0} were registered already."));
        }

        if (blocked > 0)
        {
            await notifier.WarningAsync(H.Plural(blocked, "One of them is blocked and stays refused.", "{0} of them are blocked and stay refused."));
        }
    }

    private async Task BlockAsync(string? reason)
    {
        var blocked = await lists.BlockAsync(input.Torrents.Select(torrent => torrent with { Reason = reason?.Trim() }), User.Identity?.Name);
        await notifier.SuccessAsync(H.Plural(blocked, "One torrent was blocked.", "{0} torrents were blocked."));
    }

    private async Task RunAsync(string action, List<InfoHash> selected)
    {
        switch (action)
        {
            case "remove":
                await notifier.SuccessAsync(H.Plural(await lists.UnregisterAsync(selected), "One torrent is not registered any more.", "{0} torrents are not registered any more."));
                break;
            case "block":
                await notifier.SuccessAsync(H.Plural(
                    await lists.BlockAsync(selected.Select(hash => new ListedTorrent(hash, null, null)), User.Identity?.Name), "One torrent was blocked.", "{0} torrents were blocked."));
                break;
            case "unblock":
                await notifier.SuccessAsync(H.Plural(await lists.UnblockAsync(selected), "One block was lifted.", "{0} blocks were lifted."));
                break;
            case "free":
                await SetTermsAsync(selected, TorrentTerms.Usual with { DownloadPercent = 0 });
                break;
            case "double":
                await SetTermsAsync(selected, TorrentTerms.Usual with { UploadPercent = 200 });
                break;
            case "free-double":
                await SetTermsAsync(selected, new TorrentTerms(UploadPercent: 200, DownloadPercent: 0));
                break;
            case "usual":
                await SetTermsAsync(selected, TorrentTerms.Usual);
                break;
            default:
                await notifier.WarningAsync(H["Choose what to do."]);
                break;
        }
    }

    private async Task SetTermsAsync(List<InfoHash> selected, TorrentTerms terms)
    {
        foreach (var hash in selected)
        {
            await lists.SetTermsAsync(hash, terms);
        }

        await notifier.SuccessAsync(H.Plural(selected.Count, "One torrent counts so from now on.", "{0} torrents count so from now on."));
    }

    private void AddFaults()
    {
        foreach (var fault in input.Faults)
        {
            ModelState.AddModelError(nameof(AddTorrentsViewModel.Text), fault.Value);
        }
    }

    private Task<bool> IsPermittedAsync() => authorizationService.AuthorizeAsync(User, TrackerPermissions.ManageTracker);
}
