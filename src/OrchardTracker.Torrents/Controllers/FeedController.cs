using System.Xml;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using OrchardCore.Contents;
using OrchardTracker.Torrents.Feeds;
using OrchardTracker.Torrents.Searching;

namespace OrchardTracker.Torrents.Controllers;

/// <summary>Feeds: for whoever may view torrents, or has the key of a user who may.</summary>
public sealed class FeedController(IAuthorizationService authorization, FeedKeys keys, FeedBuilder builder, ITorrentFacets facets) : Controller
{
    [HttpGet("torrents/feed.{format:regex(^(rss|atom)$)}")]
    public async Task<IActionResult> Index(string format, string? key)
    {
        if (key is not null)
        {
            if (await keys.OpenAsync(key) is not { } user)
            {
                return NoKey();
            }

            HttpContext.User = user;
        }

        if (!await authorization.AuthorizeContentTypeAsync(User, CommonPermissions.ViewContent, TorrentContent.Type))
        {
            return key is null ? this.ChallengeOrForbid() : NoKey();
        }

        var options = TorrentListOptions.Read(Request.Query, await facets.GetAsync());
        var feed = await builder.BuildAsync(options, Request.GetEncodedUrl(), key);
        Response.Headers[HeaderNames.CacheControl] = key is null ? "private, no-cache" : "private, no-store";
        Response.ContentType = format == "rss" ? "application/rss+xml; charset=utf-8" : "application/atom+xml; charset=utf-8";
        var document = format == "rss" ? FeedWriter.WriteRss(feed) : FeedWriter.WriteAtom(feed);
        await using var writer = XmlWriter.Create(Response.Body, new XmlWriterSettings { Async = true });
        await document.SaveAsync(writer, HttpContext.RequestAborted);
        return new EmptyResult();
    }

    /// <summary>For programs: no way to the page where one signs in.</summary>
    internal static ContentResult NoKey() => new()
    {
        StatusCode = StatusCodes.Status403Forbidden,
        ContentType = "text/plain; charset=utf-8",
        Content = "The key in this address is not valid any more. Take the feed's address from the site again.",
    };
}
