using Microsoft.AspNetCore.Http;

namespace OrchardTracker.MediaTorrent.Files;

/// <summary>Says that there is nothing at a URL, in words of its own: the site's error page would be cached by the name.</summary>
internal static class NothingHere
{
    public static async Task SendAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.WriteAsync("Not found");
        }
    }
}
