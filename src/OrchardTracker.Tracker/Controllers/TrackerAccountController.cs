using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Navigation;
using OrchardCore.Users;
using OrchardCore.Users.Models;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Accounts;
using OrchardTracker.Tracker.Journal;
using OrchardTracker.Tracker.Services;
using OrchardTracker.Tracker.Users;
using OrchardTracker.Tracker.ViewModels;

namespace OrchardTracker.Tracker.Controllers;

/// <summary>A user's own page: his announce addresses, his passkey, his account. For who is signed in and may announce.</summary>
[Authorize]
[Route("tracker/account")]
public sealed class TrackerAccountController(
    IAnnounceUrls announceUrls,
    UserDirectory directory,
    SiteTracker tracker,
    AccountReader accounts,
    AccountExport export,
    TorrentNames names,
    TrackerJournal journal,
    UserManager<IUser> userManager,
    IAuthorizationService authorizationService,
    IShapeFactory shapeFactory,
    INotifier notifier,
    IHtmlLocalizer<TrackerAccountController> localizer) : Controller
{
    private const int PageSize = 25;

    internal readonly IHtmlLocalizer H = localizer;

    private string? UserId => User.FindFirstValue(ClaimTypes.NameIdentifier);

    [HttpGet]
    public async Task<IActionResult> Index(PagerParameters pagerParameters)
    {
        if (!await IsPermittedAsync() || UserId is not { } userId)
        {
            return Forbid();
        }

        var urls = await announceUrls.GetAsync();
        var pager = pagerParameters.ToPager(PageSize);
        var account = await accounts.FindAsync(userId);
        var torrents = account is null ? [] : await accounts.ListTorrentsAsync(account.Number, pager.GetStartIndex(), pager.PageSize);
        return View(new AccountViewModel
        {
            AnnounceUrls = [.. urls.Tiers.SelectMany(tier => tier)],
            IsPrivate = tracker.Mode == TrackerMode.Private,
            Account = account,
            Torrents = torrents,
            Names = await names.FindAsync(torrents.Select(torrent => torrent.Torrent)),
            MinimumRatio = tracker.Tenant.AccountRules.MinimumRatio,
            Pager = account is null ? null : await shapeFactory.PagerAsync(pager, (int)await accounts.CountTorrentsAsync(account.Number)),
        });
    }

    /// <summary>Gives the user a new passkey.</summary>
    [HttpPost("rotate")]
    public async Task<IActionResult> Rotate()
    {
        if (!await IsPermittedAsync() || await userManager.GetUserAsync(User) is not User user)
        {
            return Forbid();
        }

        await directory.RotateAsync(user);
        await journal.RecordAsync(TrackerAct.KeyRotated, user.UserName);
        await notifier.SuccessAsync(H["You have a new passkey. Download your torrents again, or change the announce address in your clients: the old passkey is refused from now on."]);
        return RedirectToAction(nameof(Index));
    }

    /// <summary>All that the tracker keeps of the user, as a file. For who is signed in: what is kept of him is his, whatever he may do now.</summary>
    [HttpGet("export")]
    public async Task<IActionResult> Export()
    {
        if (UserId is not { } userId)
        {
            return Forbid();
        }

        var file = new MemoryStream();
        await export.WriteAsync(userId, User.Identity?.Name, file);
        file.Position = 0;
        Response.Headers.CacheControl = "no-store";
        return File(file, "application/json", "tracker-account.json");
    }

    private Task<bool> IsPermittedAsync() => authorizationService.AuthorizeAsync(User, TrackerPermissions.Announce);
}
