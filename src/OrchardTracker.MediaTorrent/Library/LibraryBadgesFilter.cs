using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Filters;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Layout;

namespace OrchardTracker.MediaTorrent.Library;

/// <summary>Adds the badges' script to the page of the media library, for who may manage media torrents.</summary>
internal sealed class LibraryBadgesFilter(
    IAuthorizationService authorization, ILayoutAccessor layoutAccessor, IShapeFactory shapes) : IAsyncResultFilter
{
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (context.Result is ViewResult && IsLibrary(context.ActionDescriptor)
            && await authorization.AuthorizeAsync(context.HttpContext.User, MediaTorrentPermissions.ManageMediaTorrents))
        {
            var layout = await layoutAccessor.GetLayoutAsync();
            if (layout.Zones["Footer"] is IShape footer)
            {
                await footer.AddAsync(await shapes.CreateAsync("MediaLibraryBadges"), "");
            }
        }

        await next();
    }

    private static bool IsLibrary(ActionDescriptor action) =>
        action is ControllerActionDescriptor { ControllerName: "Admin", ActionName: "Index" } found
        && found.RouteValues.TryGetValue("area", out var area) && area == "OrchardCore.Media";
}
