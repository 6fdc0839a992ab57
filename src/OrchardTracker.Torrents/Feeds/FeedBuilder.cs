using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using OrchardCore.Modules;
using OrchardCore.Settings;
using OrchardTracker.Torrents.Searching;
using OrchardTracker.Torrents.Services;

namespace OrchardTracker.Torrents.Feeds;

/// <summary>Makes a feed of what somebody looks for.</summary>
public sealed class FeedBuilder(
    TorrentLister lister, ITorrentFacets facets, TorrentLinks links, ISiteService siteService, IClock clock, IStringLocalizer<FeedBuilder> S)
{
    private const int MostEntries = 50;

    /// <param name="url">The feed's own address.</param>
    /// <param name="key">The reader's, which stands then in the addresses of torrents; null where none is needed.</param>
    public async Task<TorrentFeed> BuildAsync(TorrentListOptions options, string url, string? key)
    {
        var known = await facets.GetAsync();
        var entries = new List<FeedEntry>();
        foreach (var row in await lister.ListAsync(options.ToQuery(clock.UtcNow), MostEntries))
        {
            var torrentUrl = links.Download(row.Part.InfoHash!);
            entries.Add(new FeedEntry(
                row,
                await links.PageAsync(row.ContentItem),
                key is null ? torrentUrl : QueryHelpers.AddQueryString(torrentUrl, "key", key),
                Describe(row),
                [.. known.SelectMany(facet => facets.TermsOf(row.ContentItem, facet)).Select(term => term.Name)]));
        }

        var site = (await siteService.GetSiteSettingsAsync()).SiteName;
        var words = string.Join(", ", options.Terms.Values.Select(term => term.Name).Append(options.Text).Where(text => text.Length > 0));
        return new TorrentFeed(
            words.Length > 0 ? S["Torrents of {0}: {1}", site, words] : S["Torrents of {0}", site],
            url,
            links.List() + options.Write(),
            entries.Select(entry => entry.Row.Hit.ListedUtc).Max() ?? clock.UtcNow,
            entries);
    }

    private string Describe(TorrentRow row)
    {
        var facts = $"{SizeText.Write(row.Part.Size)}, {S.Plural(row.Part.FileCount, "1 file", "{0:N0} files")}";
        return TorrentContent.GetDescription(row.ContentItem) is { Length: > 0 } text ? $"{facts}\n{text}" : facts;
    }
}
