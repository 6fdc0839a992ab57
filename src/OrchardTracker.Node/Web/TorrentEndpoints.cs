using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace OrchardTracker.Node;

/// <summary>The .torrent files.</summary>
internal static class TorrentEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapTorrents(this IEndpointRouteBuilder routes, FolderService folder, PublicAddress address, ServedTorrent served) =>
        routes.MapMethods("/torrents/{hash}.torrent", Methods, (string hash, HttpContext context) =>
        {
            if (folder.Find(hash) is not { } torrent)
            {
                return Results.Text("There is no such torrent here. Perhaps its file changed: look at the list again.\n", statusCode: StatusCodes.Status404NotFound);
            }

            if (address.Of(context.Request) is not { } root)
            {
                return WebFaults.UnusableHost();
            }

            var bytes = served.Bytes(root, torrent);
            context.Response.Headers.CacheControl = "no-cache";
            context.Response.Headers.Vary = HeaderNames.Host;
            return TypedResults.File(
                bytes, "application/x-bittorrent", $"{torrent.Name}.torrent", entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..16])}\""));
        });
}
