using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Navigation;
using OrchardCore.Users;
using OrchardCore.Users.Indexes;
using OrchardCore.Users.Models;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Accounts;
using OrchardTracker.Tracker.Journal;
using OrchardTracker.Tracker.Services;
using OrchardTracker.Tracker.Users;
using OrchardTracker.Tracker.ViewModels;
using YesSql;
using YesSql.Services;
using ISession = YesSql.ISession;

namespace OrchardTracker.Tracker.Controllers;

/// <summary>The users of the tracker with their accounts. For who manages the tracker.</summary>
[Admin("Tracker/Users/{action}/{id?}", "TrackerUsers.{action}")]
public sealed class TrackerUsersController(
    AccountReader accounts,
    UserDirectory directory,
    SiteTracker tracker,
    TorrentNames names,
    TrackerJournal journal,
    UserManager<IUser> userManager,
    ISession session,
    IAuthorizationService authorizationService,
    INotifier notifier,
    IShapeFactory shapeFactory,
    IOptions<PagerOptions> pagerOptions,
    IHtmlLocalizer<TrackerUsersController> localizer) : Controller
{
    private const int MostFound = 100;

    internal readonly IHtmlLocalizer H = localizer;

    [Admin("Tracker/Users", "TrackerUsers")]
    public async Task<IActionResult> Index(UserListViewModel model, PagerParameters pagerParameters)
    {
        if (!await IsPermittedAsync())
        {
            return Forbid();
        }

        if (!string.IsNullOrWhiteSpace(model.Search))
        {
            var name = userManager.NormalizeName(model.Search.Trim());
            var found = await session.Query<User, UserIndex>(index => index.NormalizedUserName.Contains(name)).Take(MostFound).ListAsync();
            model.Rows = await WithNamesAsync(await accounts.ListUsersAsync([.. found.Select(user => user.UserId)]));
            return View(model);
        }

        var pager = pagerParameters.ToPager(pagerOptions.Value.GetPageSize());
        model.Rows = await WithNamesAsync(await accounts.ListUsersAsync(model.Order, pager.GetStartIndex(), pager.PageSize));
        model.Pager = await shapeFactory.PagerAsync(
            pager, (int)await accounts.CountUsersAsync(), new RouteValueDictionary { [nameof(model.Order)] = model.Order.ToString() });
        return View(model);
    }

    public async Task<IActionResult> Display(string id, PagerParameters pagerParameters)
    {
        if (!await IsPermittedAsync())
        {
            return Forbid();
        }

        if (await userManager.FindByIdAsync(id) is not User user)
        {
            return NotFound();
        }

        var pager = pagerParameters.ToPager(pagerOptions.Value.GetPageSize());
        var account = await accounts.FindAsync(user.UserId);
        var torrents = account is null ? [] : await accounts.ListTorrentsAsync(account.Number, pager.GetStartIndex(), pager.PageSize);
        return View(new AccountViewModel
        {
            IsPrivate = tracker.Mode == TrackerMode.Private,
            Account = account,
            Torrents = torrents,
            Names = await names.FindAsync(torrents.Select(torrent => torrent.Torrent)),
            MinimumRatio = tracker.Tenant.AccountRules.MinimumRatio,
            UserId = user.UserId,
            UserName = user.UserName,
            IsBanned = tracker.Tenant.Bans.Users.Contains(user.UserId),
            ShowsAddress = await authorizationService.AuthorizeAsync(User, TrackerPermissions.ViewPeerAddresses),
            Pager = account is null ? null : await shapeFactory.PagerAsync(pager, (int)await accounts.CountTorrentsAsync(account.Number)),
        });
    }

    /// <summary>Takes a user's passkey from him; the next that his page shows is another one.</summary>
    [HttpPost]
    public async Task<IActionResult> Revoke(string id)
    {
        if (!await IsPermittedAsync())
        {
            return Forbid();
        }

        if (await userManager.FindByIdAsync(id) is not User user)
        {
            return NotFound();
        }

        await directory.RotateAsync(user);
        await journal.RecordAsync(TrackerAct.KeyRevoked, user.UserName);
        await notifier.SuccessAsync(H["The passkey of {0} is refused from now on. The user finds a new one on the page \"Tracker\".", user.UserName]);
        return RedirectToAction(nameof(Display), new { id });
    }

    private async Task<List<(UserAccount, string)>> WithNamesAsync(List<UserAccount> found)
    {
        var ids = found.Select(account => account.UserId).ToArray();
        var users = (await session.Query<User, UserIndex>(index => index.UserId.IsIn(ids)).ListAsync()).ToDictionary(user => user.UserId, user => user.UserName);
        return [.. found.Select(account => (account, users.GetValueOrDefault(account.UserId) ?? account.UserId))];
    }

    private Task<bool> IsPermittedAsync() => authorizationService.AuthorizeAsync(User, TrackerPermissions.ManageTracker);
}
