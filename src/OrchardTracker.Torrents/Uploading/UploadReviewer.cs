using Microsoft.Extensions.Localization;
using OrchardCore.Settings;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Moderation;
using OrchardTracker.Torrents.Services;
using OrchardTracker.Torrents.Settings;

namespace OrchardTracker.Torrents.Uploading;

/// <summary>Looks at what somebody uploads, by the settings of the site. Nothing is kept.</summary>
public sealed class UploadReviewer(
    ISiteService siteService, TorrentDuplicates duplicates, Takedowns takedowns, OtherTrackers others, IStringLocalizer<UploadReviewer> S)
{
    /// <param name="contentItemId">The item that may have the torrent already; null for a new one.</param>
    public async Task<UploadReview> ReviewAsync(ReadOnlyMemory<byte> bytes, string? contentItemId = null)
    {
        var settings = await siteService.GetSettingsAsync<TorrentSettings>();
        var limits = settings.ToLimits();
        if (!Metainfo.TryParse(bytes, out var original, out var reason, limits))
        {
            return new UploadReview { Fault = S[reason.Template, [.. reason.Arguments]] };
        }

        if (settings.PrivateFlag == PrivatePolicy.Demand && !original.IsPrivate)
        {
            return new UploadReview { Metainfo = original, Fault = S["The torrent is not private. Make it anew with the private flag set."] };
        }

        var isChanged = settings.PrivateFlag == PrivatePolicy.Set && !original.IsPrivate;
        Metainfo metainfo;
        try
        {
            metainfo = isChanged ? PrivateFlag.Set(original, limits) : original;
        }
        catch (MetainfoException error)
        {
            // The flag takes a few bytes, and these may be too many.
            return new UploadReview { Metainfo = original, Fault = S[error.Reason.Template, [.. error.Reason.Arguments]] };
        }

        if (await takedowns.FindAsync([.. original.TrackerHashes.Concat(metainfo.TrackerHashes).Distinct()]) is { } takedown)
        {
            return new UploadReview { Metainfo = metainfo, Fault = S["This torrent was taken down: {0}", takedown.Reason] };
        }

        var trackers = await others.OfAsync(metainfo.AnnounceTiers);
        return new UploadReview
        {
            Metainfo = metainfo,
            Original = isChanged ? original : null,
            Existing = await duplicates.FindAsync(metainfo.TrackerHashes[0], contentItemId),
            Trackers = settings.ForeignTrackers == ForeignTrackerPolicy.Replace ? [] : trackers,
            KeepsTrackers = settings.ForeignTrackers == ForeignTrackerPolicy.Keep && trackers.Count > 0,
            Remarks = [.. metainfo.Warnings.Select(warning => S[warning.Template, [.. warning.Arguments]]), .. Remarks(metainfo, trackers.Count > 0, settings)],
        };
    }

    private IEnumerable<LocalizedString> Remarks(Metainfo metainfo, bool namesTrackers, TorrentSettings settings)
    {
        if (namesTrackers)
        {
            yield return settings.ForeignTrackers switch
            {
                ForeignTrackerPolicy.Replace => S["Its trackers will be replaced with the site's own."],
                ForeignTrackerPolicy.Keep => S["It keeps its trackers; the site's own is not written into it."],
                _ => S["The site's own tracker will be written before its trackers."],
            };
            if (metainfo.IsPrivate && settings.ForeignTrackers != ForeignTrackerPolicy.Replace)
            {
                yield return S["It is private and names other trackers: clients may refuse peers of more than one."];
            }
        }

        if (metainfo.WebSeeds.Count > 0)
        {
            yield return S.Plural(metainfo.WebSeeds.Count, "It has a web seed.", "It has {0} web seeds.");
        }
    }
}
