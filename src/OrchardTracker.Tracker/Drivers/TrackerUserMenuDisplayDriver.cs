using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using OrchardCore;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Users.Models;

namespace OrchardTracker.Tracker.Drivers;

/// <summary>The way to a user's own page, in the menu that themes show to who is signed in.</summary>
internal sealed class TrackerUserMenuDisplayDriver(IHttpContextAccessor httpContextAccessor, IAuthorizationService authorizationService)
    : DisplayDriver<UserMenu>
{
    public override async Task<IDisplayResult?> DisplayAsync(UserMenu model, BuildDisplayContext context) =>
        await authorizationService.AuthorizeAsync(httpContextAccessor.HttpContext?.User, TrackerPermissions.Announce)
            ? View("UserMenuItems__Tracker", model)
                .Location(OrchardCoreConstants.DisplayType.Detail, "Content:15")
                .Location(OrchardCoreConstants.DisplayType.DetailAdmin, "Content:15")
                .Differentiator("Tracker")
            : null;
}
