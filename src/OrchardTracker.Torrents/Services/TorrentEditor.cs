using System.Security.Claims;
using Microsoft.Extensions.Localization;
using OrchardCore.ContentManagement;
using OrchardTracker.Torrents.Models;
using OrchardTracker.Torrents.Networks;
using OrchardTracker.Torrents.Uploading;

namespace OrchardTracker.Torrents.Services;

/// <summary>Changes what is told of a torrent, as the content editor does: in a draft, which is published where it may be.</summary>
public sealed class TorrentEditor(
    IContentManager contentManager, TorrentUploader uploader, OtherTrackers others, IStringLocalizer<TorrentEditor> S)
{
    private const int MostUrls = 100;

    /// <param name="trackers">In tiers, in place of those there are; null leaves them.</param>
    /// <param name="webSeeds">In place of those there are; null leaves them.</param>
    /// <returns>The latest version, or why nothing has changed.</returns>
    public async Task<(ContentItem? Item, string? Fault)> EditAsync(
        string contentItemId,
        UploadDetails details,
        IReadOnlyList<IReadOnlyList<string>>? trackers,
        IReadOnlyList<string>? webSeeds,
        ClaimsPrincipal user)
    {
        if (FindFault(trackers, webSeeds) is { } fault)
        {
            return (null, fault);
        }

        var wasPublished = await contentManager.GetAsync(contentItemId, VersionOptions.Published) is not null;
        var item = await contentManager.GetAsync(contentItemId, VersionOptions.DraftRequired);
        await uploader.ApplyAsync(item, details);
        var named = trackers is null ? null : await others.OfAsync(trackers);
        item.Alter<TorrentPart>(part =>
        {
            part.Trackers = named ?? part.Trackers;
            part.WebSeeds = webSeeds is null ? part.WebSeeds : [.. webSeeds.Distinct()];
        });
        await contentManager.UpdateAsync(item);
        if (wasPublished && await uploader.MayPublishAsync(item, user))
        {
            await contentManager.PublishAsync(item);
        }
        else
        {
            await contentManager.SaveDraftAsync(item);
        }

        return (item, null);
    }

    private string? FindFault(IReadOnlyList<IReadOnlyList<string>>? trackers, IReadOnlyList<string>? webSeeds)
    {
        var all = trackers?.SelectMany(tier => tier).ToList() ?? [];
        if (all.Count > MostUrls || webSeeds?.Count > MostUrls)
        {
            return S["These are too many addresses; {0} are taken.", MostUrls].Value;
        }

        if (all.Concat(webSeeds ?? []).FirstOrDefault(TrackerUrl.LacksSecrets) is { } masked)
        {
            return S["'{0}' is an address from which a passkey was left out. Send the whole one.", masked].Value;
        }

        if (all.Find(url => !UrlText.IsTracker(url)) is { } tracker)
        {
            return S["'{0}' is not the address of a tracker.", tracker].Value;
        }

        if (webSeeds?.FirstOrDefault(url => !UrlText.IsWebSeed(url) || !PublicAddresses.MayHold(url)) is { } seed)
        {
            return S["'{0}' is not the address of a web seed on a public server.", seed].Value;
        }

        return null;
    }
}
