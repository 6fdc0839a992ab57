using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.Localization;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.Contents;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Mvc.ModelBinding;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Models;
using OrchardTracker.Torrents.Networks;
using OrchardTracker.Torrents.Services;
using OrchardTracker.Torrents.Uploading;
using OrchardTracker.Torrents.ViewModels;

namespace OrchardTracker.Torrents.Drivers;

/// <summary>Edits a torrent in the content editor.</summary>
public sealed class TorrentPartEditor(
    TorrentIntake intake,
    UploadIntake uploads,
    UploadReviewer reviewer,
    OtherTrackers others,
    TorrentLinks links,
    INotifier notifier,
    IAuthorizationService authorization,
    IHttpContextAccessor httpContextAccessor,
    IHtmlLocalizer<TorrentPartEditor> H,
    IStringLocalizer<TorrentPartEditor> S) : ContentPartDisplayDriver<TorrentPart>
{
    private TorrentDuplicateViewModel? _duplicate;

    private ClaimsPrincipal User => httpContextAccessor.HttpContext!.User;

    public override IDisplayResult Edit(TorrentPart part, BuildPartEditorContext context) =>
        Initialize<TorrentPartEditViewModel>(GetEditorShapeType(context), async model =>
        {
            model.Part = part;
            model.IsListed = !part.IsUnlisted;
            model.Trackers = UrlText.WriteTiers(part.Trackers);
            model.WebSeeds = UrlText.WriteLines(part.WebSeeds);
            model.Duplicate = _duplicate;
            model.IsModerated = !await authorization.AuthorizeAsync(User, CommonPermissions.PublishContent, part.ContentItem);
        });

    public override async Task<IDisplayResult> UpdateAsync(TorrentPart part, UpdatePartEditorContext context)
    {
        var model = new TorrentPartEditViewModel();
        await context.Updater.TryUpdateModelAsync(model, Prefix, m => m.Torrent, m => m.IsListed, m => m.Trackers, m => m.WebSeeds);
        part.IsUnlisted = !model.IsListed;
        part.Trackers = UrlText.ReadTiers(model.Trackers);
        part.WebSeeds = UrlText.ReadLines(model.WebSeeds);
        if (part.Trackers.SelectMany(tier => tier).FirstOrDefault(url => !UrlText.IsTracker(url)) is { } tracker)
        {
            AddError(context, nameof(model.Trackers), S["'{0}' is not the address of a tracker.", tracker]);
        }
        else
        {
            part.Trackers = await others.OfAsync(part.Trackers);
        }

        if (part.WebSeeds.Find(url => !UrlText.IsWebSeed(url) || !PublicAddresses.MayHold(url)) is { } seed)
        {
            AddError(context, nameof(model.WebSeeds), S["'{0}' is not the address of a web seed on a public server.", seed]);
        }

        if (model.Torrent is { } file)
        {
            await TakeAsync(part, file, context);
        }
        else if (part.InfoHash is null)
        {
            AddError(context, nameof(model.Torrent), S["A .torrent file is needed."]);
        }

        return Edit(part, context);
    }

    /// <summary>Takes a file as an upload is taken, by the settings of the site.</summary>
    private async Task TakeAsync(TorrentPart part, IFormFile file, UpdatePartEditorContext context)
    {
        var review = await reviewer.ReviewAsync(await uploads.ReadAsync(file), part.ContentItem.ContentItemId);
        if (review is not { Fault: null, Metainfo: { } metainfo })
        {
            AddError(context, nameof(TorrentPartEditViewModel.Torrent), review.Fault!);
        }
        else if (part.InfoHash is { } hash && hash != metainfo.TrackerHashes[0].ToString())
        {
            AddError(context, nameof(TorrentPartEditViewModel.Torrent), S["This is another torrent: its info-hash differs. Make a new item of it."]);
        }
        else if (review.Existing is { } other)
        {
            AddError(context, nameof(TorrentPartEditViewModel.Torrent), S["The site has this torrent already: '{0}'.", other.DisplayText]);
            _duplicate = await DescribeAsync(other, review, metainfo);
        }
        else
        {
            await TakeAsync(part, review, metainfo);
        }
    }

    private async Task TakeAsync(TorrentPart part, UploadReview review, Metainfo metainfo)
    {
        if (part.InfoHash is null)
        {
            // Later, the fields have the addresses, and who empties them means it.
            var known = part.Trackers.SelectMany(tier => tier).ToHashSet();
            part.Trackers = [.. part.Trackers, .. review.Trackers.Select(tier => tier.Where(known.Add).ToList()).Where(tier => tier.Count > 0)];
            part.KeepsTrackers = review.KeepsTrackers;
            part.WebSeeds = [.. part.WebSeeds.Union(metainfo.WebSeeds.Where(PublicAddresses.MayHold))];
        }

        await intake.TakeAsync(part, metainfo);
        if (string.IsNullOrWhiteSpace(part.ContentItem.DisplayText))
        {
            TorrentContent.SetTitle(part.ContentItem, metainfo.Name);
        }

        if (review.Original is { } original)
        {
            await notifier.WarningAsync(H[
                "This site makes torrents private. That changes the info-hash, which was {0}: seed <a href=\"{1}\">the site's version</a> instead of yours.",
                original.TrackerHashes[0],
                links.Download(metainfo.TrackerHashes[0].ToString())]);
        }
    }

    /// <summary>What the file would add to the torrent that is there, by the settings of the site.</summary>
    private async Task<TorrentDuplicateViewModel> DescribeAsync(ContentItem existing, UploadReview review, Metainfo metainfo) => new(
        existing,
        metainfo.TrackerHashes[0].ToString(),
        UrlText.WriteTiers(review.Trackers),
        UrlText.WriteLines(metainfo.WebSeeds),
        review.Trackers.Count + metainfo.WebSeeds.Count > 0 && await authorization.AuthorizeAddingAsync(User, existing));

    private void AddError(UpdatePartEditorContext context, string field, LocalizedString message) =>
        context.Updater.ModelState.AddModelError(Prefix, field, message);
}
