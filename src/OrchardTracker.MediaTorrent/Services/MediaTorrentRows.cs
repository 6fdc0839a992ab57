using Microsoft.Extensions.Localization;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Hosting;
using OrchardTracker.MediaTorrent.ViewModels;

namespace OrchardTracker.MediaTorrent.Services;

/// <summary>Finds entries for the list, with their progress and the live counts of their swarms. Scoped.</summary>
public sealed class MediaTorrentRows(
    MediaEntryStore entries,
    TenantPublishing publishing,
    IEnumerable<ISiteTracker> trackers,
    HiddenOriginals hidden,
    IStringLocalizer<MediaTorrentRows> S)
{
    public async Task<(IReadOnlyList<MediaTorrentRow> Rows, int Total)> ListAsync(string? search, MediaEntryState? state, int start, int count)
    {
        var query = entries.Query();
        if (!string.IsNullOrWhiteSpace(search))
        {
            var part = search.Trim();
            query = query.Where(index => index.Path.Contains(part));
        }

        var name = state?.ToString();
        query = state is null
            ? query.Where(index => index.State != nameof(MediaEntryState.Removed))
            : query.Where(index => index.State == name);
        var total = await query.CountAsync();
        var found = await query.OrderByDescending(index => index.CreatedUtc).ThenBy(index => index.Id).Skip(start).Take(count).ListAsync();
        return ([.. found.Select(ToRow)], total);
    }

    /// <summary>Who has given what was downloaded since the process began.</summary>
    public async Task<SwarmShare> GetShareAsync()
    {
        var downloaded = 0L;
        foreach (var row in await entries.ListOffersAsync())
        {
            if (InfoHash.TryParseHex(row.InfoHash, out var infoHash) && trackers.LastOrDefault() is { } tracker)
            {
                downloaded += row.Length * publishing.CompletedSinceStart(infoHash, tracker.GetCounts(infoHash).Completed);
            }
        }

        return new SwarmShare(publishing.SinceUtc, downloaded, publishing.Seeder.Uploaded + publishing.WebSeeds.Uploaded);
    }

    private MediaTorrentRow ToRow(MediaEntry entry) => new(
        entry,
        publishing.Queue?.Find(entry.EntryId),
        InfoHash.TryParseHex(entry.InfoHash, out var infoHash) ? trackers.LastOrDefault()?.GetCounts(infoHash) ?? default : default,
        entry.IsFolder ? entry.Override.IsTorrentOnly == true : hidden.Exists(entry.Path),
        entry.Error is null ? null : S[entry.Error, [.. entry.ErrorArguments]].Value);
}
