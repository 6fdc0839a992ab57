using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement;
using OrchardCore.Navigation;
using OrchardTracker.Torrents.Foreign;
using OrchardTracker.Torrents.ViewModels;

namespace OrchardTracker.Torrents.Controllers;

/// <summary>The other trackers that torrents name: for users who may moderate torrents.</summary>
[Admin]
public sealed class AdminTrackersController(IAuthorizationService authorization, ForeignTrackers trackers, IShapeFactory shapeFactory) : Controller
{
    private const int PageLength = 50;

    [HttpGet]
    [Admin("Torrents/Trackers", "TorrentsTrackers")]
    public async Task<IActionResult> Index(PagerParameters pagerParameters)
    {
        if (!await authorization.AuthorizeAsync(User, TorrentPermissions.ModerateTorrents))
        {
            return this.ChallengeOrForbid();
        }

        var count = await trackers.CountAsync();
        var pager = new Pager(new PagerParameters { Page = Math.Clamp(pagerParameters.Page ?? 1, 1, 1 + (Math.Max(0, count - 1) / PageLength)) }, PageLength);
        return View(new ForeignTrackersViewModel
        {
            Trackers = await trackers.ListAsync(pager.GetStartIndex(), PageLength),
            Pager = await shapeFactory.PagerAsync(pager, count),
        });
    }
}
