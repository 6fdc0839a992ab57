using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrchardCore.ContentManagement;

namespace OrchardTracker.Torrents.Services;

/// <summary>Whole addresses of what concerns a torrent, for feeds and the API: below the one by which the caller came.</summary>
public sealed class TorrentLinks(LinkGenerator links, IContentManager contentManager, IHttpContextAccessor httpContextAccessor)
{
    private const string Area = "OrchardTracker.Torrents";

    /// <summary>The address of the site, without a slash at the end.</summary>
    public string Root => $"{Context.Request.Scheme}://{Context.Request.Host}{Context.Request.PathBase}";

    public async Task<string> PageAsync(ContentItem item)
    {
        var metadata = await contentManager.PopulateAspectAsync<ContentItemMetadata>(item);
        return links.GetUriByRouteValues(Context, routeName: null, metadata.DisplayRouteValues) ?? Root;
    }

    public string List(object? values = null) => links.GetUriByAction(Context, "Index", "Torrent", With(values))!;

    public string Download(string infoHash) => links.GetUriByAction(Context, "Download", "Torrent", With(new { infoHash }))!;

    private static RouteValueDictionary With(object? values) => new(values) { ["area"] = Area };

    private HttpContext Context => httpContextAccessor.HttpContext!;
}
