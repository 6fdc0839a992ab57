using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.DisplayManagement.Views;
using OrchardTracker.Torrents.Services;
using OrchardTracker.Torrents.Statistics;
using OrchardTracker.Torrents.ViewModels;

namespace OrchardTracker.Torrents.Widgets;

public sealed class TorrentTotalsWidgetDriver(StatisticsReader reader, IAuthorizationService authorization, IHttpContextAccessor httpContextAccessor)
    : ContentPartDisplayDriver<TorrentTotalsWidgetPart>
{
    public override IDisplayResult Display(TorrentTotalsWidgetPart part, BuildPartDisplayContext context) =>
        Initialize<TorrentTotalsViewModel>("TorrentTotals", async model => model.Statistics = await reader.ReadAsync())
            .Displaying(context => context.Shape.At("Widget"))
            .Location("Content")
            .RenderWhen(() => authorization.AuthorizeAsync(httpContextAccessor.HttpContext!.User, TorrentPermissions.ViewTorrentStatistics));
}
