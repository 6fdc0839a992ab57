using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using OrchardCore.ContentManagement;
using OrchardCore.Contents;
using OrchardTracker.Torrents.Api.Models;
using OrchardTracker.Torrents.Counting;
using OrchardTracker.Torrents.Models;
using OrchardTracker.Torrents.Searching;
using OrchardTracker.Torrents.Services;

namespace OrchardTracker.Torrents.Api;

/// <summary>Writes torrents as the API shows them.</summary>
public sealed class ApiTorrents(
    ITorrentFacets facets,
    TorrentLinks links,
    TorrentBoard board,
    ServedTorrents served,
    UploaderNames uploaders,
    IContentManager contentManager,
    IAuthorizationService authorization)
{
    public async Task<ApiTorrent> DescribeAsync(ContentItem item, TorrentCounts? counts = null)
    {
        var part = item.GetOrCreate<TorrentPart>();
        var now = counts ?? board.Get(part.InfoHash);
        var terms = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var facet in await facets.GetAsync())
        {
            terms[facet.Key] = [.. facets.TermsOf(item, facet).Select(term => term.Name)];
        }

        return new ApiTorrent(
            part.InfoHash!,
            part.InfoHashV2,
            item.DisplayText,
            part.Size,
            part.FileCount,
            part.ListedUtc,
            item.Published,
            part.IsPrivate,
            part.IsFreeLeech,
            now.Seeders,
            now.Leechers,
            now.Completed,
            terms,
            await links.PageAsync(item),
            links.Download(part.InfoHash!));
    }

    /// <param name="user">Who asks: to who may edit it, more is told.</param>
    public async Task<ApiTorrentDetails> DescribeAllAsync(ContentItem item, ClaimsPrincipal user)
    {
        var editable = await FindEditableAsync(item, user);
        var part = item.GetOrCreate<TorrentPart>();
        var torrent = await served.FindAsync(part);
        return new ApiTorrentDetails(
            await DescribeAsync(item),
            part.Name,
            TorrentContent.GetDescription(item),
            await uploaders.FindAsync(item.Owner),
            part.PieceLength,
            part.PieceCount,
            part.MadeUtc,
            part.MadeBy,
            torrent?.Magnet,
            [.. (torrent?.Metainfo.AnnounceTiers ?? []).Select(tier => tier.Select(TrackerUrl.WithoutSecrets).ToList())],
            torrent?.Metainfo.WebSeeds ?? [],
            editable?.Trackers,
            editable?.WebSeeds);
    }

    /// <summary>What an edit begins with: the latest version, where this is another one.</summary>
    private async Task<TorrentPart?> FindEditableAsync(ContentItem item, ClaimsPrincipal user)
    {
        var latest = item.Latest ? item : await contentManager.GetAsync(item.ContentItemId, VersionOptions.Latest);
        return latest is not null && user.Identity?.IsAuthenticated == true && await authorization.AuthorizeAsync(user, CommonPermissions.EditContent, latest)
            ? latest.GetOrCreate<TorrentPart>()
            : null;
    }
}
