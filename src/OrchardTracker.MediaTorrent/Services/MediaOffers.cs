using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using OrchardCore.Media;
using OrchardTracker.MediaTorrent.Access;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.Swarms;

namespace OrchardTracker.MediaTorrent.Services;

/// <summary>Finds what the visitor of the current request may have of a file. Scoped.</summary>
public sealed class MediaOffers(
    MediaEntryStore entries,
    MediaAccess access,
    ServedMediaTorrents torrents,
    HiddenOriginals hidden,
    IMediaFileStore files,
    MediaUrls urls,
    IEnumerable<ISiteTracker> trackers,
    IHttpContextAccessor httpContextAccessor)
{
    private ClaimsPrincipal Visitor => httpContextAccessor.HttpContext?.User ?? new ClaimsPrincipal(new ClaimsIdentity());

    /// <param name="path">A file of the media library, or a folder that is one torrent.</param>
    /// <returns>Null when there is no torrent, or the visitor may not have it.</returns>
    public async Task<MediaEntry?> FindEntryAsync(string path) =>
        await entries.FindOfferAsync(MediaPaths.Normalize(path)) is { HasTorrent: true } entry && await access.MayViewAsync(Visitor, entry) ? entry : null;

    /// <inheritdoc cref="FindEntryAsync(string)"/>
    public async Task<MediaEntry?> FindEntryByIdAsync(string entryId) =>
        await entries.FindAsync(entryId) is { HasTorrent: true } entry && await access.MayViewAsync(Visitor, entry) ? entry : null;

    /// <inheritdoc cref="FindEntryAsync(string)"/>
    public async Task<MediaOffer?> FindAsync(string path) => await FindEntryAsync(path) is { } entry ? await DescribeAsync(entry) : null;

    /// <summary>The page that offers a path; null when there is none, or the visitor may not have it.</summary>
    public async Task<string?> FindPageAsync(string path) => await FindEntryAsync(path) is { } entry ? urls.PageOf(entry) : null;

    /// <param name="entry">One that the visitor may have.</param>
    /// <returns>Null when the torrent is lost.</returns>
    public async Task<MediaOffer?> DescribeAsync(MediaEntry entry)
    {
        if (await torrents.FindAsync(entry) is not { } torrent)
        {
            return null;
        }

        var isFile = !entry.IsFolder && !hidden.Exists(entry.Path);
        return new MediaOffer(
            entry,
            entry.IsFolder ? MediaPaths.NameOf(entry.Path) : torrent.Metainfo.Name,
            isFile ? files.MapPathToPublicUrl(entry.Path) : null,
            urls.PageOf(entry),
            urls.TorrentOf(entry),
            torrent.Magnet,
            CountsOf(entry));
    }

    /// <summary>Where a file is; null when it is hidden.</summary>
    public string? FindFileUrl(string path) => hidden.Exists(MediaPaths.Normalize(path)) ? null : files.MapPathToPublicUrl(path);

    /// <summary>The live counts of a torrent's swarm; zeros without a tracker.</summary>
    public SwarmCounts CountsOf(MediaEntry entry) =>
        entry.GetHashes() is [var infoHash, ..] ? trackers.LastOrDefault()?.GetCounts(infoHash) ?? default : default;
}
