using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OrchardTracker.Torrents.Statistics;

namespace OrchardTracker.Torrents.Controllers;

/// <summary>The page about the site, for users who may view statistics.</summary>
public sealed class StatisticsController(IAuthorizationService authorization, StatisticsShapes shapes) : Controller
{
    [HttpGet("torrents/statistics")]
    public async Task<IActionResult> Index() => await authorization.AuthorizeAsync(User, TorrentPermissions.ViewTorrentStatistics)
        ? View(await shapes.PageAsync(User))
        : this.ChallengeOrForbid();
}
