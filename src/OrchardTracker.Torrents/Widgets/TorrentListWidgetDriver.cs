using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.Contents;
using OrchardCore.DisplayManagement.Views;
using OrchardTracker.Torrents.Searching;
using OrchardTracker.Torrents.Services;

namespace OrchardTracker.Torrents.Widgets;

public sealed class TorrentListWidgetDriver(
    TorrentLister lister, TorrentShapes shapes, IAuthorizationService authorization, IHttpContextAccessor httpContextAccessor)
    : ContentPartDisplayDriver<TorrentListWidgetPart>
{
    public override IDisplayResult Display(TorrentListWidgetPart part, BuildPartDisplayContext context) =>
        Initialize<TorrentListWidgetViewModel>(GetDisplayShapeType(context), async model =>
        {
            var rows = await lister.ListAsync(
                new TorrentQuery { Order = part.Order, IsAscending = part.Order == TorrentOrder.Name },
                Math.Clamp(part.Count, 1, TorrentListWidgetPart.MostTorrents));
            model.Table = await shapes.TableAsync(rows, "Widget");
        }).Location("Content").RenderWhen(() =>
            authorization.AuthorizeContentTypeAsync(httpContextAccessor.HttpContext!.User, CommonPermissions.ViewContent, TorrentContent.Type));

    public override IDisplayResult Edit(TorrentListWidgetPart part, BuildPartEditorContext context) =>
        Initialize<TorrentListWidgetViewModel>(GetEditorShapeType(context), model => (model.Order, model.Count) = (part.Order, part.Count));

    public override async Task<IDisplayResult> UpdateAsync(TorrentListWidgetPart part, UpdatePartEditorContext context)
    {
        var model = new TorrentListWidgetViewModel();
        await context.Updater.TryUpdateModelAsync(model, Prefix);
        part.Order = model.Order;
        part.Count = Math.Clamp(model.Count, 1, TorrentListWidgetPart.MostTorrents);
        return Edit(part, context);
    }
}
