using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using OrchardCore.ContentManagement;
using OrchardCore.Contents;
using OrchardCore.Environment.Shell.Descriptor.Models;
using OrchardCore.Media;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Hosting;

namespace OrchardTracker.MediaTorrent.Access;

/// <summary>
/// Decides who may have a media torrent: whoever may see the content it belongs to. Everything that is handed out asks
/// here: torrents, magnet links, statistics, web seeds, the seeder. Scoped.
/// </summary>
public sealed class MediaAccess(
    IAuthorizationService authorization,
    MediaOwners owners,
    HiddenOriginals hidden,
    VisibleMedia visible,
    FolderFiles folderFiles,
    ITorrentStore torrents,
    IEnumerable<ITorrentCatalog> catalogs,
    IContentManager contents,
    ShellDescriptor descriptor)
{
    private const string SecureMediaFeature = "OrchardCore.Media.Security";

    private static readonly ClaimsPrincipal Anonymous = new(new ClaimsIdentity());

    private bool IsMediaSecure => descriptor.Features.Any(feature => feature.Id == SecureMediaFeature);

    /// <summary>Whether not everybody may have it. That somebody took its torrent off the site's pages makes it no secret.</summary>
    public async Task<bool> IsRestrictedAsync(MediaEntry entry) => !await MayViewAsync(Anonymous, entry, mayBeUnpublished: true);

    public Task<bool> MayViewAsync(ClaimsPrincipal user, MediaEntry entry) => MayViewAsync(user, entry, mayBeUnpublished: false);

    /// <summary>Whether not everybody may have the files themselves: then their torrent stands on no page of its own.</summary>
    public async Task<bool> IsWithheldAsync(MediaEntry entry) => !await MayViewFilesAsync(Anonymous, entry, await owners.FindAsync(entry));

    /// <summary>
    /// The files of an entry that not everybody may have because of the items they belong to; a hidden one also when it
    /// belongs to none any more. See <see cref="MediaEntry.WithheldPaths"/>.
    /// </summary>
    public async Task<IReadOnlyList<string>> FindWithheldAsync(MediaEntry entry)
    {
        var owned = await owners.FindAsync(entry);
        HashSet<string> found = [.. await FindOrphansAsync(entry, owned)];
        foreach (var file in owned)
        {
            if (!await MayViewAnyAsync(Anonymous, file.Items))
            {
                found.Add(file.Path);
            }
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }

    private async Task<bool> MayViewAsync(ClaimsPrincipal user, MediaEntry entry, bool mayBeUnpublished)
    {
        if (user.Identity?.IsAuthenticated == true && await authorization.AuthorizeAsync(user, MediaTorrentPermissions.ManageMediaTorrents))
        {
            return true;
        }

        var owned = await owners.FindAsync(entry);
        return await MayViewFilesAsync(user, entry, owned)
            && ((owned.Count > 0 && !entry.IsFolder) || await MayViewCatalogAsync(user, entry, mayBeUnpublished));
    }

    // Of several files, each must be his to see.
    private async Task<bool> MayViewFilesAsync(ClaimsPrincipal user, MediaEntry entry, IReadOnlyList<OwnedFile> owned)
    {
        foreach (var file in owned)
        {
            // A file of several items is seen by whoever may see one of them; that of drafts by nobody.
            if (!await MayViewAnyAsync(user, file.Items))
            {
                return false;
            }
        }

        if ((await FindOrphansAsync(entry, owned)).Count > 0)
        {
            return false;
        }

        foreach (var path in await ListFreeAsync(entry, owned))
        {
            // What was uploaded for an item is no one's without it.
            if (MediaPaths.IsAttached(path) || (IsMediaSecure && !await authorization.AuthorizeAsync(user, MediaPermissions.ViewMedia, (object)path)))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<IReadOnlyList<string>> FindOrphansAsync(MediaEntry entry, IReadOnlyList<OwnedFile> owned)
    {
        List<string> found = [];
        foreach (var path in entry.WithheldPaths.Except(owned.Select(file => file.Path)))
        {
            // What is at neither place is on its way to another one.
            if (hidden.Exists(path) || await visible.Store.GetFileInfoAsync(path) is null)
            {
                found.Add(path);
            }
        }

        return found;
    }

    /// <summary>The files that belong to no item. Secure Media goes by folders: one file of each will do.</summary>
    private async Task<IEnumerable<string>> ListFreeAsync(MediaEntry entry, IReadOnlyList<OwnedFile> owned)
    {
        if (!entry.IsFolder)
        {
            return owned.Count == 0 ? [entry.Path] : [];
        }

        if (!IsMediaSecure && !MediaPaths.IsAttached(entry.Path + "/"))
        {
            return [];
        }

        var paths = entry.GetHashes() is [var infoHash, ..] && await torrents.FindAsync(infoHash) is { } torrent
            ? torrent.Files.Where(file => !file.IsPadding).Select(file => $"{entry.Path}/{file.FullPath}")
            : (await folderFiles.ListAsync(entry.Path)).Select(file => MediaPaths.Normalize(file.Path));
        return paths.Except(owned.Select(file => file.Path)).DistinctBy(MediaPaths.FolderOf);
    }

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
