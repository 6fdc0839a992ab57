using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using OrchardCore.Admin;
using OrchardTracker.Torrents.Services;
using OrchardTracker.Torrents.Uploading;
using OrchardTracker.Torrents.ViewModels;

namespace OrchardTracker.Torrents.Controllers;

/// <summary>Uploads in the admin: the same steps as on the site, for users who may upload torrents.</summary>
[Admin]
public sealed class AdminUploadController(IAuthorizationService authorization, UploadPages pages, UploadNotices notices) : Controller
{
    public override async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        if (!await authorization.AuthorizeAsync(User, TorrentPermissions.UploadTorrents))
        {
            context.Result = this.ChallengeOrForbid();
            return;
        }

        await next();
    }

    [HttpGet]
    [Admin("Torrents/Upload", "TorrentsUpload")]
    public async Task<IActionResult> Index() => View((await pages.FormAsync(User, Url.Action(nameof(Take))!)).At("Admin"));

    [HttpPost]
    [Admin("Torrents/Upload/Take", "TorrentsUploadTake")]
    [RequestSizeLimit(UploadController.MostBytes)]
    [RequestFormLimits(MultipartBodyLengthLimit = UploadController.MostBytes)]
    public async Task<IActionResult> Take(List<IFormFile>? files)
    {
        var (batch, fault) = await pages.TakeAsync(User, files ?? []);
        if (batch is not null)
        {
            return RedirectToAction(nameof(Review), new { batch });
        }

        ModelState.AddModelError("files", fault!.Value);
        return View(nameof(Index), (await pages.FormAsync(User, Url.Action(nameof(Take))!)).At("Admin"));
    }

    [HttpGet]
    [Admin("Torrents/Upload/Review/{batch}", "TorrentsUploadReview")]
    public async Task<IActionResult> Review(string batch) =>
        await pages.ReviewAsync(User, batch, Url.Action(nameof(Save), new { batch })!) is { } review ? View(review.At("Admin")) : NotFound();

    [HttpPost]
    [Admin("Torrents/Upload/Save/{batch}", "TorrentsUploadSave")]
    public async Task<IActionResult> Save(string batch, UploadSaveViewModel choices)
    {
        if (await pages.SaveAsync(User, batch, choices) is not { } outcome)
        {
            return NotFound();
        }

        await notices.ShowAsync(outcome);
        return await authorization.AuthorizeAsync(User, TorrentPermissions.ModerateTorrents)
            ? RedirectToAction(nameof(AdminController.Index), "Admin")
            : RedirectToAction(nameof(Index));
    }
}
