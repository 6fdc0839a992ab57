using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using OrchardCore;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.DisplayManagement.Views;
using OrchardTracker.MediaTorrent.Services;

namespace OrchardTracker.MediaTorrent.DashboardWidget;

/// <summary>Shows nothing to who may not manage media torrents, whoever has put the widget there.</summary>
internal sealed class MediaTorrentsDashboardPartDisplayDriver(
    MediaTorrentRows rows, IHttpContextAccessor httpContextAccessor, IAuthorizationService authorizationService) : ContentPartDisplayDriver<MediaTorrentsDashboardPart>
{
    public override async Task<IDisplayResult?> DisplayAsync(MediaTorrentsDashboardPart part, BuildPartDisplayContext context) =>
        await authorizationService.AuthorizeAsync(httpContextAccessor.HttpContext?.User, MediaTorrentPermissions.ManageMediaTorrents)
            ? Initialize<MediaTorrentsWidgetViewModel>("MediaTorrentsDashboardPart", async model => model.Share = await rows.GetShareAsync())
                .Location(OrchardCoreConstants.DisplayType.DetailAdmin, "Content:5")
            : null;
}
