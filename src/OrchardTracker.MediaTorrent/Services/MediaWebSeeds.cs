using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using OrchardCore.Media;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Access;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Settings;

namespace OrchardTracker.MediaTorrent.Services;

/// <summary>The site itself has the files of its media torrents, as long as they are not hidden. Scoped.</summary>
internal sealed class MediaWebSeeds(
    MediaEntryStore entries,
    MediaRules rules,
    HiddenOriginals hidden,
    MediaAccess access,
    SeedTickets tickets,
    IMediaFileStore files,
    MediaUrls urls,
    IHttpContextAccessor httpContextAccessor) : IWebSeedSource
{
    public async ValueTask<IReadOnlyList<string>> GetAsync(Metainfo metainfo)
    {
        // Nobody asks: what is handed out by background work has no address of its own.
        if (httpContextAccessor.HttpContext is not { } context)
        {
            return [];
        }

        var settings = await rules.GetSettingsAsync();
        List<string> found = [];
        foreach (var entry in await entries.FindByHashAsync(metainfo.TrackerHashes[0]))
        {
            if (await MayServeAsync(entry) && await FindAsync(entry, settings, context.User) is { } url)
            {
                found.Add(url);
            }
        }

        return found;
    }

    /// <summary>Whether the site gives an entry's files over HTTP at all.</summary>
    public async Task<bool> MayServeAsync(MediaEntry entry) =>
        entry is { HasTorrent: true, HasWebSeed: true, IsStale: false }
        && !(await rules.DecideAsync(entry)).Choices.IsTorrentOnly
        && (entry.IsFolder || !hidden.Exists(entry.Path));

    private async Task<string?> FindAsync(MediaEntry entry, MediaTorrentSettings settings, ClaimsPrincipal user)
    {
        if (entry.IsRestricted)
        {
            return user.FindFirstValue(ClaimTypes.NameIdentifier) is { } userId && await access.MayViewAsync(user, entry)
                ? urls.WebSeedOf(entry, tickets.Issue(entry.InfoHash!, userId, TimeSpan.FromDays(Math.Max(1, settings.WebSeedDays))))
                : null;
        }

        var isOwn = entry.IsFolder || settings.WebSeedAddress == WebSeedAddress.Own || settings.WebSeedRate > 0 || settings.WebSeedRatePerTorrent > 0;
        return isOwn ? urls.WebSeedOf(entry, null) : urls.Complete(files.MapPathToPublicUrl(entry.Path));
    }
}
