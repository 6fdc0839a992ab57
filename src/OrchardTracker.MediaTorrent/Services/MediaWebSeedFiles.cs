using System.Security.Claims;
using Microsoft.Net.Http.Headers;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Access;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Hosting;
using OrchardTracker.MediaTorrent.Seeding;
using OrchardTracker.Publishing;

namespace OrchardTracker.MediaTorrent.Services;

/// <summary>Opens the files of torrents for clients that fetch them over HTTP. Scoped.</summary>
public sealed class MediaWebSeedFiles(
    MediaEntryStore entries,
    ITorrentStore torrents,
    IEnumerable<IWebSeedSource> webSeeds,
    MediaAccess access,
    SeedTickets tickets,
    IEnumerable<IUserService> users,
    LocalMedia local,
    HiddenOriginals hidden,
    TenantPublishing publishing)
{
    /// <param name="path">The torrent's name and, of a folder, the path within it.</param>
    /// <returns>Null when there is no such file, or it is not for this client.</returns>
    public async Task<WebSeedFile?> OpenAsync(ClaimsPrincipal user, string infoHash, string ticket, string path, CancellationToken cancellationToken)
    {
        if (!InfoHash.TryParseHex(infoHash, out var hash) || await FindEntryAsync(user, hash, ticket) is not { } entry
            || await torrents.FindAsync(hash) is not { } torrent || FindFile(torrent, path) is not { } file)
        {
            return null;
        }

        var eTag = new EntityTagHeaderValue($"\"{infoHash}-{IndexOf(torrent, file)}\"");
        var modified = new DateTime(entry.ModifiedTicks, DateTimeKind.Utc);
        if (file.IsPadding)
        {
            // Some clients ask for it.
            return new WebSeedFile(new ZeroStream(file.Length), modified, eTag);
        }

        try
        {
            var mediaPath = entry.IsFolder ? $"{entry.Path}/{file.FullPath}" : entry.Path;
            if (hidden.Exists(mediaPath))
            {
                return null;
            }

            var found = await local.FindAsync(mediaPath, file.Length, cancellationToken);
            var stream = SharedFile.Open(found, FileOptions.Asynchronous);
            return new WebSeedFile(publishing.WebSeeds.Measure(hash, stream), modified, eTag);
        }
        catch (IOException)
        {
            // Gone, or another one by now: the sweep finds out.
            return null;
        }
    }

    private async Task<MediaEntry?> FindEntryAsync(ClaimsPrincipal visitor, InfoHash hash, string ticket)
    {
        var user = ticket == MediaUrls.NoTicket ? visitor : await FindUserAsync(hash, ticket);
        var source = webSeeds.OfType<MediaWebSeeds>().Single();
        foreach (var entry in await entries.FindByHashAsync(hash))
        {
            if (user is not null && await source.MayServeAsync(entry) && await access.MayViewAsync(user, entry))
            {
                return entry;
            }
        }

        return null;
    }

    private async Task<ClaimsPrincipal?> FindUserAsync(InfoHash hash, string ticket) =>
        users.LastOrDefault() is { } service
        && tickets.Read(hash.ToString(), ticket) is { } userId
        && await service.GetUserByUniqueIdAsync(userId) is User { IsEnabled: true } user
            ? await service.CreatePrincipalAsync(user)
            : null;

    private static TorrentFile? FindFile(Metainfo torrent, string path)
    {
        if (torrent.IsSingleFile)
        {
            return path == torrent.Name ? torrent.Files[0] : null;
        }

        return path.StartsWith(torrent.Name + "/", StringComparison.Ordinal)
            ? torrent.Files.FirstOrDefault(file => file.FullPath == path[(torrent.Name.Length + 1)..])
            : null;
    }

    private static int IndexOf(Metainfo torrent, TorrentFile file) => torrent.Files.TakeWhile(other => other != file).Count();
}
