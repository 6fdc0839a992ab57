using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using OrchardCore.ContentManagement;
using OrchardCore.Contents;
using OrchardCore.Environment.Shell.Descriptor.Models;
using OrchardCore.Media;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Files;

namespace OrchardTracker.MediaTorrent.Access;

/// <summary>
/// Decides who may have a media torrent: whoever may see the content it belongs to. Everything that is handed out asks
/// here: torrents, magnet links, statistics, web seeds, the seeder. Scoped.
/// </summary>
public sealed class MediaAccess(
    IAuthorizationService authorization,
    MediaOwners owners,
    IEnumerable<ITorrentCatalog> catalogs,
    IContentManager contents,
    ShellDescriptor descriptor)
{
    private const string SecureMediaFeature = "OrchardCore.Media.Security";

    private static readonly ClaimsPrincipal Anonymous = new(new ClaimsIdentity());

    /// <summary>Whether not everybody may have it. That somebody took its torrent off the site's pages makes it no secret.</summary>
    public async Task<bool> IsRestrictedAsync(MediaEntry entry) => !await MayViewAsync(Anonymous, entry, mayBeUnpublished: true);

    public Task<bool> MayViewAsync(ClaimsPrincipal user, MediaEntry entry) => MayViewAsync(user, entry, mayBeUnpublished: false);

    private async Task<bool> MayViewAsync(ClaimsPrincipal user, MediaEntry entry, bool mayBeUnpublished)
    {
        if (user.Identity?.IsAuthenticated == true && await authorization.AuthorizeAsync(user, MediaTorrentPermissions.ManageMediaTorrents))
        {
            return true;
        }

        // A file of several items is seen by whoever may see one of them.
        var items = await owners.FindAsync(entry.Path);
        if (items.Count > 0)
        {
            return await MayViewAnyAsync(user, items);
        }

        // Of an item that is not published, or not any more.
        if (await HasOwnersAsync(entry))
        {
            return false;
        }

        var isSecure = descriptor.Features.Any(feature => feature.Id == SecureMediaFeature);
        return (!isSecure || await authorization.AuthorizeAsync(user, MediaPermissions.ViewMedia, (object)entry.Path))
            && await MayViewCatalogAsync(user, entry, mayBeUnpublished);
    }

    /// <summary>Whether a file belongs to content items of its own: its torrent is then offered there, not in the list.</summary>
    public async Task<bool> HasOwnersAsync(MediaEntry entry) =>
        MediaPaths.IsAttached(entry.Path) || await owners.HasAnyAsync(entry.Path);

    private async Task<bool> MayViewCatalogAsync(ClaimsPrincipal user, MediaEntry entry, bool mayBeUnpublished)
    {
        foreach (var catalog in catalogs)
        {
            if (entry.IsInCatalog && InfoHash.TryParseHex(entry.InfoHash, out var hash) && await catalog.FindAsync(hash) is { } torrent)
            {
                if (!torrent.IsPublished && mayBeUnpublished)
                {
                    continue;
                }

                return await contents.GetAsync(torrent.ContentItemId) is { } item && await MayViewAnyAsync(user, [item]);
            }
        }

        return true;
    }

    private async Task<bool> MayViewAnyAsync(ClaimsPrincipal user, IReadOnlyList<ContentItem> items)
    {
        foreach (var item in items)
        {
            if (await authorization.AuthorizeAsync(user, CommonPermissions.ViewContent, item))
            {
                return true;
            }
        }

        return false;
    }
}
