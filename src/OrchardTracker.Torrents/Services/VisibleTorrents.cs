using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using OrchardCore.ContentManagement;
using OrchardCore.Contents;
using OrchardTracker.Torrents.Indexes;
using YesSql;
using ISession = YesSql.ISession;

namespace OrchardTracker.Torrents.Services;

/// <summary>
/// Finds the content item of a torrent for somebody: one that is published for whoever may view it, another for who may
/// edit it, moderates, or has uploaded it.
/// </summary>
public sealed class VisibleTorrents(IAuthorizationService authorization, IContentManager contentManager, ISession session)
{
    /// <returns>The item, or whether there is one that he may not see.</returns>
    public async Task<(ContentItem? Item, bool IsForbidden)> FindAsync(ClaimsPrincipal user, string infoHash)
    {
        if (await FindPublishedAsync(infoHash) is { } published)
        {
            return await authorization.AuthorizeAsync(user, CommonPermissions.ViewContent, published) ? (published, false) : (null, true);
        }

        return (await FindDraftAsync(user, infoHash), false);
    }

    public async Task<ContentItem?> FindPublishedAsync(string infoHash)
    {
        var hash = infoHash.ToLowerInvariant();
        var item = await session
            .Query<ContentItem, TorrentPartIndex>(index => (index.InfoHash == hash || index.SecondHash == hash) && index.Published)
            .FirstOrDefaultAsync();
        return item is null ? null : await contentManager.LoadAsync(item);
    }

    private async Task<ContentItem?> FindDraftAsync(ClaimsPrincipal user, string infoHash)
    {
        var hash = infoHash.ToLowerInvariant();
        var item = user.Identity?.IsAuthenticated == true
            ? await session.Query<ContentItem, TorrentPartIndex>(index => (index.InfoHash == hash || index.SecondHash == hash) && index.Latest).FirstOrDefaultAsync()
            : null;
        var isAllowed = item is not null
            && ((TorrentOwner.IdOf(user) is { } id && item.Owner == id)
                || await authorization.AuthorizeAsync(user, TorrentPermissions.ModerateTorrents)
                || await authorization.AuthorizeAsync(user, CommonPermissions.EditContent, item));
        return isAllowed ? await contentManager.LoadAsync(item!) : null;
    }
}
