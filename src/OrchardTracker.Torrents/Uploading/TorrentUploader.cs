using System.Security.Claims;
using System.Text.Json.Nodes;
using System.Text.Json.Settings;
using Microsoft.AspNetCore.Authorization;
using OrchardCore.ContentManagement;
using OrchardCore.Contents;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Models;
using OrchardTracker.Torrents.Networks;
using OrchardTracker.Torrents.Searching;
using OrchardTracker.Torrents.Services;

namespace OrchardTracker.Torrents.Uploading;

/// <summary>Makes content items of uploaded torrents.</summary>
public sealed class TorrentUploader(
    IContentManager contentManager,
    TorrentIntake intake,
    TorrentItems items,
    OtherTrackers others,
    ITorrentFacets facets,
    IAuthorizationService authorization)
{
    public const int LongestTitle = 250;
    public const int LongestDescription = 100_000;

    private const int MostUrls = 100;

    /// <summary>
    /// Saves a torrent that was reviewed as new. It is published when its uploader may publish it; otherwise it waits for
    /// a moderator.
    /// </summary>
    public async Task<ContentItem> SaveAsync(UploadReview review, UploadDetails details, ClaimsPrincipal user)
    {
        var metainfo = review.Metainfo ?? throw new ArgumentException("There is no torrent to save.", nameof(review));
        var item = await contentManager.NewAsync(TorrentContent.Type);
        item.Owner = TorrentOwner.IdOf(user);
        item.Author = user.Identity?.Name;
        await item.AlterAsync<TorrentPart>(async part =>
        {
            await intake.TakeAsync(part, metainfo);
            part.Trackers = [.. review.Trackers.Select(tier => tier.ToList())];
            part.KeepsTrackers = review.KeepsTrackers;
            part.WebSeeds = [.. metainfo.WebSeeds.Where(PublicAddresses.MayHold)];
        });
        await ApplyAsync(item, details with { Title = string.IsNullOrWhiteSpace(details.Title) ? metainfo.Name : details.Title });
        await contentManager.CreateAsync(item, VersionOptions.Draft);
        if (await MayPublishAsync(item, user))
        {
            await contentManager.PublishAsync(item);
        }

        return item;
    }

    /// <summary>Sets what an uploader says of a torrent; what is null stays as it is.</summary>
    public async Task ApplyAsync(ContentItem item, UploadDetails details)
    {
        if (details.Title?.Trim() is { Length: > 0 } title)
        {
            TorrentContent.SetTitle(item, Cut(title, LongestTitle));
        }

        if (details.Description is { } description)
        {
            TorrentContent.SetDescription(item, Cut(description, LongestDescription));
        }

        foreach (var facet in await facets.GetAsync())
        {
            if (details.Terms.TryGetValue(facet.Key, out var names))
            {
                SetTerms(item, facet, [.. names.Select(facet.Find).OfType<FacetTerm>().DistinctBy(term => term.Id)]);
            }
        }
    }

    /// <summary>Adds the trackers and web seeds of a torrent to those of the item that has it already.</summary>
    /// <returns>How many are new.</returns>
    public Task<int> MergeAsync(UploadReview review)
    {
        var metainfo = review.Metainfo ?? throw new ArgumentException("There is no torrent to merge.", nameof(review));
        return MergeAsync(metainfo.TrackerHashes[0], review.Trackers.SelectMany(tier => tier), metainfo.WebSeeds);
    }

    /// <summary>Adds trackers and web seeds to those of the item that has a torrent.</summary>
    /// <returns>How many are new.</returns>
    public async Task<int> MergeAsync(InfoHash infoHash, IEnumerable<string> trackers, IEnumerable<string> webSeeds)
    {
        var added = 0;
        var wanted = (await others.OfAsync([trackers])).SelectMany(tier => tier);
        await items.ChangeAsync(await items.FindVersionsAsync(infoHash), part =>
        {
            var known = part.Trackers.SelectMany(tier => tier).ToHashSet();
            var newTrackers = part.IsPrivate ? [] : wanted.Where(known.Add).Take(Math.Max(0, MostUrls - known.Count)).ToList();
            part.Trackers.AddRange(newTrackers.Select(url => new List<string> { url }));
            var newSeeds = webSeeds.Where(PublicAddresses.MayHold).Except(part.WebSeeds).Take(Math.Max(0, MostUrls - part.WebSeeds.Count)).ToList();
            part.WebSeeds.AddRange(newSeeds);
            added = newTrackers.Count + newSeeds.Count;
        });
        return added;
    }

    /// <summary>Whether what this user uploads need not wait for a moderator.</summary>
    public async Task<bool> MayPublishAsync(ContentItem item, ClaimsPrincipal user) =>
        await authorization.AuthorizeAsync(user, TorrentPermissions.ModerateTorrents)
        || await authorization.AuthorizeAsync(user, CommonPermissions.PublishContent, item);

    private static void SetTerms(ContentItem item, TorrentFacet facet, IReadOnlyList<FacetTerm> terms)
    {
        var field = new JsonObject
        {
            ["TaxonomyContentItemId"] = facet.TaxonomyId,
            ["TermContentItemIds"] = new JsonArray([.. terms.Select(term => (JsonNode)term.Id)]),
        };
        if (facet.IsTags)
        {
            // By these Orchard Core shows tags.
            field["TagNames"] = new JsonArray([.. terms.Select(term => (JsonNode)term.Name)]);
        }

        item.Merge(new JsonObject { [facet.Part] = new JsonObject { [facet.Field] = field } }, new JsonMergeSettings { MergeArrayHandling = MergeArrayHandling.Replace });
    }

    private static string Cut(string text, int length) => text.Length > length ? text[..length] : text;
}
