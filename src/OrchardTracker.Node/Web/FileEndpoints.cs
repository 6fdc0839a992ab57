using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;
using OrchardTracker.Publishing;

namespace OrchardTracker.Node;

/// <summary>The published files as web seeds (BEP 19).</summary>
internal static class FileEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];
    private static readonly FileExtensionContentTypeProvider ContentTypes = new()
    {
        // What the framework leaves out, and people share.
        Mappings = { [".flac"] = "audio/flac", [".mkv"] = "video/x-matroska", [".opus"] = "audio/ogg", [".epub"] = "application/epub+zip", [".torrent"] = "application/x-bittorrent" },
    };

    public static void MapFiles(this IEndpointRouteBuilder routes, FolderService folder) =>
        routes.MapMethods("/files/{hash}/{**path}", Methods, (string hash, HttpContext context) => Serve(folder, hash, context));

    private static IResult Serve(FolderService folder, string hash, HttpContext context)
    {
        // Not the route's value: what the server has decoded once shall not be decoded twice.
        context.Request.Path.StartsWithSegments($"/files/{hash}", out var rest);
        if (rest.Value is not ['/', .. var path] || folder.Find(hash) is not { } torrent)
        {
            return Results.NotFound();
        }

        if (torrent.FindFile(path) is not { } file)
        {
            return torrent.FindPadding(path) is { } length
                ? Results.Stream(new ZeroStream(length), entityTag: new EntityTagHeaderValue($"\"zeros-{length}\""), enableRangeProcessing: true)
                : Results.NotFound();
        }

        if (!file.IsUnchanged())
        {
            // Other bytes than those of the torrent would only be thrown away by whoever gets them.
            folder.Publisher?.Wake();
            return Results.NotFound();
        }

        SetHeaders(context.Response.Headers);
        return TypedResults.PhysicalFile(
            file.FullPath, ContentTypeOf(file), fileDownloadName: null, file.ModifiedUtc, new EntityTagHeaderValue($"\"{file.EntityTag}\""), enableRangeProcessing: true);
    }

    private static string ContentTypeOf(PublishedFile file) =>
        ContentTypes.TryGetContentType(file.FullPath, out var type) ? type : "application/octet-stream";

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.CacheControl = "public, max-age=3600";
        headers.XContentTypeOptions = "nosniff";

        // A published page may show itself, but it is not one of ours.
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'";
    }
}
