using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Admin;
using OrchardTracker.Tracker.Checks;

namespace OrchardTracker.Tracker.Controllers;

/// <summary>Does the tracker work? For who manages it.</summary>
public sealed class TrackerCheckController(IServiceProvider services, IAuthorizationService authorizationService) : Controller
{
    /// <param name="isPart">Only the results, for the settings page.</param>
    [Admin("Tracker/Check", "TrackerCheck")]
    public async Task<IActionResult> Index(bool isPart)
    {
        if (!await authorizationService.AuthorizeAsync(User, TrackerPermissions.ManageTracker))
        {
            return Forbid();
        }

        var results = await services.GetRequiredService<TrackerCheck>().RunAsync(Request, HttpContext.RequestAborted);
        return isPart ? PartialView("TrackerCheckResults", results) : View(results);
    }
}
