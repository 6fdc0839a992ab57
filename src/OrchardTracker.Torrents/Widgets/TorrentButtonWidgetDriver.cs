using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.Contents;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Mvc.ModelBinding;
using OrchardTracker.Torrents.Counting;
using OrchardTracker.Torrents.Models;
using OrchardTracker.Torrents.Services;

namespace OrchardTracker.Torrents.Widgets;

public sealed class TorrentButtonWidgetDriver(
    VisibleTorrents visible,
    ServedTorrents served,
    TorrentBoard board,
    IAuthorizationService authorization,
    IHttpContextAccessor httpContextAccessor,
    IStringLocalizer<TorrentButtonWidgetDriver> S)
    : ContentPartDisplayDriver<TorrentButtonWidgetPart>
{
    public override async Task<IDisplayResult?> DisplayAsync(TorrentButtonWidgetPart part, BuildPartDisplayContext context)
    {
        var item = part.InfoHash is { } hash ? await visible.FindPublishedAsync(hash) : null;
        if (item is null || !await authorization.AuthorizeAsync(httpContextAccessor.HttpContext!.User, CommonPermissions.ViewContent, item))
        {
            return null;
        }

        return Initialize<TorrentButtonWidgetViewModel>(GetDisplayShapeType(context), async model =>
        {
            var torrent = item.GetOrCreate<TorrentPart>();
            model.InfoHash = torrent.InfoHash;
            model.ContentItem = item;
            model.Part = torrent;
            model.Counts = board.Get(torrent.InfoHash);
            model.Magnet = (await served.FindAsync(torrent))?.Magnet;
        }).Location("Content");
    }

    public override IDisplayResult Edit(TorrentButtonWidgetPart part, BuildPartEditorContext context) =>
        Initialize<TorrentButtonWidgetViewModel>(GetEditorShapeType(context), model => model.InfoHash = part.InfoHash);

    public override async Task<IDisplayResult> UpdateAsync(TorrentButtonWidgetPart part, UpdatePartEditorContext context)
    {
        var model = new TorrentButtonWidgetViewModel();
        await context.Updater.TryUpdateModelAsync(model, Prefix, m => m.InfoHash);
        part.InfoHash = model.InfoHash?.Trim();
        if (part.InfoHash is not { } hash || await visible.FindPublishedAsync(hash) is null)
        {
            context.Updater.ModelState.AddModelError(Prefix, nameof(model.InfoHash), S["The site has no published torrent with this info-hash."]);
        }

        return Edit(part, context);
    }
}
