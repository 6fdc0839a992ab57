using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using OrchardTracker.Torrents.Services;
using OrchardTracker.Torrents.Uploading;
using OrchardTracker.Torrents.ViewModels;

namespace OrchardTracker.Torrents.Controllers;

/// <summary>Uploads on the site: for users who may upload torrents. Each sees only what he has uploaded himself.</summary>
public sealed class UploadController(IAuthorizationService authorization, UploadPages pages, UploadNotices notices) : Controller
{
    /// <summary>Of all files together, in bytes.</summary>
    public const long MostBytes = 64 << 20;

    public override async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        // Whoever has no session has no uploads, whatever the role of the anonymous may do.
        if (User.Identity?.IsAuthenticated != true || !await authorization.AuthorizeAsync(User, TorrentPermissions.UploadTorrents))
        {
            context.Result = this.ChallengeOrForbid();
            return;
        }

        await next();
    }

    [HttpGet("torrents/upload")]
    public async Task<IActionResult> Index() => View((await pages.FormAsync(User, Url.Action(nameof(Take))!)).At("Page"));

    [HttpPost("torrents/upload")]
    [RequestSizeLimit(MostBytes)]
    [RequestFormLimits(MultipartBodyLengthLimit = MostBytes)]
    public async Task<IActionResult> Take(List<IFormFile>? files)
    {
        var (batch, fault) = await pages.TakeAsync(User, files ?? []);
        if (batch is not null)
        {
            return RedirectToAction(nameof(Review), new { batch });
        }

        ModelState.AddModelError("files", fault!.Value);
        return View(nameof(Index), (await pages.FormAsync(User, Url.Action(nameof(Take))!)).At("Page"));
    }

    [HttpGet("torrents/upload/{batch:regex(^[[0-9a-f]]{{32}}$)}")]
    public async Task<IActionResult> Review(string batch) =>
        await pages.ReviewAsync(User, batch, Url.Action(nameof(Save), new { batch })!) is { } review ? View(review.At("Page")) : NotFound();

    /// <summary>The torrent as the site would keep it, where that is not the one that was uploaded.</summary>
    [HttpGet("torrents/upload/{batch:regex(^[[0-9a-f]]{{32}}$)}/{number:int}.torrent")]
    public async Task<IActionResult> Changed(string batch, int number) =>
        await pages.FindAsync(User, batch, number) is { Metainfo: { } metainfo }
            ? File(metainfo.Bytes.ToArray(), ServedTorrent.ContentType, metainfo.Name + ".torrent")
            : NotFound();

    [HttpPost("torrents/upload/{batch:regex(^[[0-9a-f]]{{32}}$)}")]
    public async Task<IActionResult> Save(string batch, UploadSaveViewModel choices)
    {
        if (await pages.SaveAsync(User, batch, choices) is not { } outcome)
        {
            return NotFound();
        }

        await notices.ShowAsync(outcome);
        return RedirectToAction(nameof(TorrentController.Index), "Torrent");
    }
}
