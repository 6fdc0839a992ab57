using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardTracker.Tracker.Journal;
using OrchardTracker.Tracker.Lists;
using OrchardTracker.Tracker.Services;
using OrchardTracker.Tracker.ViewModels;

namespace OrchardTracker.Tracker.Controllers;

/// <summary>Who may not announce. For who manages the tracker.</summary>
[Admin("Tracker/Bans/{action}", "TrackerBans.{action}")]
public sealed class TrackerBansController(
    BanList bans,
    BanRules rules,
    ILocalClock localClock,
    TrackerJournal journal,
    TimeProvider time,
    IAuthorizationService authorizationService,
    INotifier notifier,
    IShapeFactory shapeFactory,
    IOptions<PagerOptions> pagerOptions,
    IHtmlLocalizer<TrackerBansController> localizer) : Controller
{
    internal readonly IHtmlLocalizer H = localizer;

    [Admin("Tracker/Bans", "TrackerBans")]
    public async Task<IActionResult> Index(BanListViewModel model, PagerParameters pagerParameters)
    {
        if (!await IsPermittedAsync())
        {
            return Forbid();
        }

        var pager = pagerParameters.ToPager(pagerOptions.Value.GetPageSize());
        model.Bans = await bans.ListAsync(model.Search, pager.GetStartIndex(), pager.PageSize);
        model.Total = await bans.CountAsync(model.Search);
        model.Now = time.GetUtcNow();
        var routeValues = new RouteValueDictionary();
        if (!string.IsNullOrEmpty(model.Search))
        {
            routeValues.TryAdd(nameof(model.Search), model.Search);
        }

        model.Pager = await shapeFactory.PagerAsync(pager, (int)Math.Min(model.Total, int.MaxValue), routeValues);
        return View(model);
    }

    public async Task<IActionResult> Add(BanKind kind, string? value) =>
        await IsPermittedAsync() ? View(new AddBanViewModel { Kind = kind, Value = value }) : Forbid();

    [HttpPost]
    public async Task<IActionResult> Add(AddBanViewModel model)
    {
        if (!await IsPermittedAsync())
        {
            return Forbid();
        }

        DateTimeOffset? endsAt = model.EndsAt is { } local ? await localClock.ConvertToUtcAsync(local) : null;
        if (ModelState.IsValid)
        {
            var (ban, fault) = await rules.ReadAsync(model.Kind, model.Value, model.Reason, endsAt);
            if (ban is not null)
            {
                await bans.AddAsync(ban, User.Identity?.Name);
                await journal.RecordAsync(TrackerAct.BanAdded, ban.Name ?? ban.Value, ban.Reason);
                await notifier.SuccessAsync(H["The ban is in force."]);
                return RedirectToAction(nameof(Index));
            }

            ModelState.AddModelError(nameof(model.Value), fault!.Value);
        }

        return View(model);
    }

    /// <summary>Lifts the bans that are selected.</summary>
    [HttpPost]
    public async Task<IActionResult> Remove(int[]? ids, string? search)
    {
        if (!await IsPermittedAsync())
        {
            return Forbid();
        }

        var removed = await bans.RemoveAsync(ids ?? []);
        foreach (var ban in removed)
        {
            await journal.RecordAsync(TrackerAct.BanLifted, ban.Name ?? ban.Value, ban.Reason);
        }

        if (removed.Count > 0)
        {
            await notifier.SuccessAsync(H.Plural(removed.Count, "One ban was lifted.", "{0} bans were lifted."));
        }
        else
        {
            await notifier.WarningAsync(H["No bans were selected."]);
        }

        return RedirectToAction(nameof(Index), new { search });
    }

    private Task<bool> IsPermittedAsync() => authorizationService.AuthorizeAsync(User, TrackerPermissions.ManageTracker);
}
