using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;

namespace OrchardTracker.MediaTorrent.Files;

/// <summary>A hidden original, for somebody who may manage it: nobody on the way may keep it.</summary>
internal sealed class HiddenOriginalResult(IResult file) : IResult
{
    public static HiddenOriginalResult Of(HiddenOriginals hidden, IContentTypeProvider contentTypes, string path, bool asDownload = false) => new(Results.File(
        hidden.FileOf(path),
        contentTypes.TryGetContentType(path, out var contentType) ? contentType : "application/octet-stream",
        asDownload ? MediaPaths.NameOf(path) : null,
        File.GetLastWriteTimeUtc(hidden.FileOf(path)),
        enableRangeProcessing: true));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        headers.CacheControl = "private, no-store";
        headers.XContentTypeOptions = "nosniff";

        // As the media module has it: a picture may hold script.
        headers.ContentSecurityPolicy = "default-src 'self'; style-src 'unsafe-inline'";
        return file.ExecuteAsync(httpContext);
    }
}
