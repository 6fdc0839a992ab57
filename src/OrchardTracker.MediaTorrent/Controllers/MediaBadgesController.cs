using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using OrchardCore.Admin;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Library;
using OrchardTracker.MediaTorrent.Services;
using OrchardTracker.MediaTorrent.ViewModels;

namespace OrchardTracker.MediaTorrent.Controllers;

/// <summary>Tells the page of the media library which of the files it shows have a torrent, and has one made.</summary>
[Admin("MediaTorrents/{action}", "MediaBadges.{action}")]
public sealed class MediaBadgesController(
    IAuthorizationService authorization,
    MediaEntryStore entries,
    HiddenOriginals hidden,
    IStringLocalizer<MediaBadgesController> S) : Controller
{
    // More than the library shows on a page.
    private const int MaxPaths = 200;

    /// <summary>The badges of the files that have one; of the first 200 paths.</summary>
    /// <remarks>A POST, because the paths of a page do not fit into a URL.</remarks>
    [HttpPost]
    public async Task<IActionResult> Badges(string[] paths)
    {
        if (!await authorization.AuthorizeAsync(User, MediaTorrentPermissions.ManageMediaTorrents))
        {
            return Forbid();
        }

        var found = await entries.FindByPathsAsync((paths ?? []).Take(MaxPaths).Select(MediaPaths.Normalize));
        return Json(found.Where(entry => !entry.IsFolder && entry.State != MediaEntryState.Off).Select(ToBadge));
    }

    /// <summary>Makes the torrent of a file, or hides the file: also of one that the rules want no torrent of.</summary>
    [HttpPost]
    public async Task<IActionResult> Decide(MediaTorrentBulkAction bulkAction, string path, [FromServices] MediaTorrentActions actions)
    {
        if (!await authorization.AuthorizeAsync(User, MediaTorrentPermissions.ManageMediaTorrents))
        {
            return Forbid();
        }

        return await actions.RunAsync(bulkAction, MediaPaths.Normalize(path)) ? NoContent() : BadRequest();
    }

    private MediaBadge ToBadge(MediaEntry entry)
    {
        var isHidden = hidden.Exists(entry.Path);
        string text = entry.State switch
        {
            MediaEntryState.Ready => isHidden ? S["Torrent only"] : S["Torrent"],
            MediaEntryState.Waiting => S["Torrent is being made"],
            MediaEntryState.Failed => S["No torrent: failed"],
            _ => S["No torrent: stopped"],
        };
        return new MediaBadge(entry.Path, entry.State.ToString(), text, isHidden,
            Url.Action(nameof(MediaTorrentsController.Index), "MediaTorrents", new { area = MediaTorrentFeatures.MediaTorrent, Search = entry.Path })!);
    }
}
