using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.ContentManagement;
using OrchardCore.Contents;
using OrchardCore.DisplayManagement.Notify;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Services;
using OrchardTracker.Torrents.Uploading;

namespace OrchardTracker.Torrents.Controllers;

/// <summary>What the content editor offers where the site has a torrent already: for users who may add to that one.</summary>
public sealed class AdminMergeController(
    IAuthorizationService authorization,
    IContentManager contentManager,
    TorrentItems items,
    TorrentUploader uploader,
    INotifier notifier,
    IHtmlLocalizer<AdminMergeController> H) : Controller
{
    /// <param name="mergeTrackers">One to a line, an empty line between tiers; what is no address of a tracker is left out.</param>
    /// <param name="mergeWebSeeds">One to a line.</param>
    [HttpPost]
    [Admin("Torrents/Merge/{infoHash}", "TorrentsMerge")]
    public async Task<IActionResult> Merge(string infoHash, string? mergeTrackers, string? mergeWebSeeds)
    {
        if (!InfoHash.TryParseHex(infoHash, out var hash) || await items.FindVersionsAsync(hash) is not [var item, ..])
        {
            return NotFound();
        }

        if (!await authorization.AuthorizeAddingAsync(User, item))
        {
            return this.ChallengeOrForbid();
        }

        var trackers = UrlText.ReadTiers(mergeTrackers).SelectMany(tier => tier).Where(UrlText.IsTracker);
        var added = await uploader.MergeAsync(hash, trackers, UrlText.ReadLines(mergeWebSeeds).Where(UrlText.IsWebSeed));
        await notifier.AddAsync(
            added > 0 ? NotifyType.Success : NotifyType.Information,
            added > 0 ? H.Plural(added, "A tracker or web seed has been added.", "{0} trackers and web seeds have been added.") : H["The torrent has these trackers and web seeds already."]);
        var metadata = await contentManager.PopulateAspectAsync<ContentItemMetadata>(item);
        return RedirectToRoute(await authorization.AuthorizeAsync(User, CommonPermissions.EditContent, item) ? metadata.EditorRouteValues : metadata.DisplayRouteValues);
    }
}
