using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using OrchardCore.ContentManagement;
using OrchardCore.Contents;

namespace OrchardTracker.Torrents.Services;

internal static class TorrentAuthorization
{
    /// <summary>Whether somebody may add trackers and web seeds to a torrent: to any, or to this one because he may edit it.</summary>
    public static async Task<bool> AuthorizeAddingAsync(this IAuthorizationService authorization, ClaimsPrincipal user, ContentItem item) =>
        await authorization.AuthorizeAsync(user, TorrentPermissions.AddWebSeeds)
        || await authorization.AuthorizeAsync(user, CommonPermissions.EditContent, item);
}
