using System.Security.Claims;
using Microsoft.Extensions.Localization;
using OrchardCore.ResourceManagement;
using OrchardTracker.Swarms;
using OrchardTracker.Torrents.Counting;
using OrchardTracker.Torrents.Searching;
using OrchardTracker.Torrents.Services;

namespace OrchardTracker.Torrents.Feeds;

/// <summary>Tells visitors and their browsers where the feeds are.</summary>
public sealed class FeedLinks(
    FeedKeys keys, TorrentBoard board, TorrentLinks links, IResourceManager resources, IServiceProvider services, IStringLocalizer<FeedLinks> S)
{
    /// <summary>Writes links to the feeds of a list into the head of the page.</summary>
    /// <returns>The address of the RSS feed.</returns>
    public async Task<string> AnnounceAsync(ClaimsPrincipal visitor, TorrentListOptions options)
    {
        // A key is a secret: it stands in a page only where the feed would be worth nothing without.
        var isPrivate = services.GetService(typeof(ISiteTracker)) is ISiteTracker { Mode: TrackerMode.Private };
        var key = isPrivate || !board.IsPublic ? await keys.MakeAsync(visitor) : null;
        var query = key is null ? options.Write() : options.Write().Add("key", key);
        var (rss, atom) = ($"{links.Root}/torrents/feed.rss{query}", $"{links.Root}/torrents/feed.atom{query}");
        resources.RegisterLink(new LinkEntry { Rel = "alternate", Type = "application/rss+xml", Title = S["Torrents"], Href = rss });
        resources.RegisterLink(new LinkEntry { Rel = "alternate", Type = "application/atom+xml", Title = S["Torrents"], Href = atom });
        return rss;
    }
}
