using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Mvc.ModelBinding;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Models;
using OrchardTracker.Torrents.Services;
using OrchardTracker.Torrents.Uploading;
using OrchardTracker.Torrents.ViewModels;

namespace OrchardTracker.Torrents.Drivers;

/// <summary>Edits a torrent in the content editor.</summary>
public sealed class TorrentPartEditor(
    TorrentIntake intake,
    TorrentDuplicates duplicates,
    UploadReviewer reviewer,
    IAuthorizationService authorization,
    IHttpContextAccessor httpContextAccessor,
    IStringLocalizer<TorrentPartEditor> S) : ContentPartDisplayDriver<TorrentPart>
{
    private TorrentDuplicateViewModel? _duplicate;

    public override IDisplayResult Edit(TorrentPart part, BuildPartEditorContext context) =>
        Initialize<TorrentPartEditViewModel>(GetEditorShapeType(context), model =>
        {
            model.Part = part;
            model.IsListed = !part.IsUnlisted;
            model.Trackers = UrlText.WriteTiers(part.Trackers);
            model.WebSeeds = UrlText.WriteLines(part.WebSeeds);
            model.Duplicate = _duplicate;
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
            context.Updater.ModelState.AddModelError(Prefix, nameof(model.Trackers), S["'{0}' is not the address of a tracker.", tracker]);
        }

        if (part.WebSeeds.Find(url => !UrlText.IsWebSeed(url)) is { } seed)
        {
            context.Updater.ModelState.AddModelError(Prefix, nameof(model.WebSeeds), S["'{0}' is not the address of a web seed.", seed]);
        }

        if (model.Torrent is { } file)
        {
            await using var stream = file.OpenReadStream();
            await TakeAsync(part, stream, file.Length, context);
        }
        else if (part.InfoHash is null)
        {
            context.Updater.ModelState.AddModelError(Prefix, nameof(model.Torrent), S["A .torrent file is needed."]);
        }

        return Edit(part, context);
    }

    private async Task TakeAsync(TorrentPart part, Stream stream, long length, UpdatePartEditorContext context)
    {
        const string Field = nameof(TorrentPartEditViewModel.Torrent);
        var limits = MetainfoLimits.Default;
        if (length > limits.MaxBytes)
        {
            context.Updater.ModelState.AddModelError(Prefix, Field, S["The torrent is {0} bytes long; {1} are allowed.", length, limits.MaxBytes]);
            return;
        }

        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes);
        if (!Metainfo.TryParse(bytes, out var metainfo, out var reason, limits))
        {
            context.Updater.ModelState.AddModelError(Prefix, Field, S[reason.Template, [.. reason.Arguments]]);
        }
        else if (part.InfoHash is { } hash && hash != metainfo.TrackerHashes[0].ToString())
        {
            context.Updater.ModelState.AddModelError(Prefix, Field, S["This is another torrent: its info-hash differs. Make a new item of it."]);
        }
        else if (await duplicates.FindAsync(metainfo.TrackerHashes[0], part.ContentItem.ContentItemId) is { } other)
        {
            context.Updater.ModelState.AddModelError(Prefix, Field, S["The site has this torrent already: '{0}'.", other.DisplayText]);
            _duplicate = await DescribeAsync(other, metainfo);
        }
        else
        {
            await intake.TakeAsync(part, metainfo);
            if (string.IsNullOrWhiteSpace(part.ContentItem.DisplayText))
            {
                TorrentContent.SetTitle(part.ContentItem, metainfo.Name);
            }
        }
    }

    /// <summary>What the file would add to the torrent that is there, by the settings of the site.</summary>
    private async Task<TorrentDuplicateViewModel> DescribeAsync(ContentItem existing, Metainfo metainfo)
    {
        var review = await reviewer.ReviewAsync(metainfo.Bytes);
        return new TorrentDuplicateViewModel(
            existing,
            metainfo.TrackerHashes[0].ToString(),
            UrlText.WriteTiers(review.Trackers),
            UrlText.WriteLines(metainfo.WebSeeds),
            review.Fault is null
                && review.Trackers.Count + metainfo.WebSeeds.Count > 0
                && await authorization.AuthorizeAddingAsync(httpContextAccessor.HttpContext!.User, existing));
    }
}
