using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using OrchardTracker.MediaTorrent.Files;

namespace OrchardTracker.MediaTorrent.Services;

/// <summary>Sends the .torrent of a file to whoever may have it. Scoped.</summary>
public sealed class MediaTorrentDownload(MediaOffers offers, ServedMediaTorrents torrents)
{
    public const string ContentType = "application/x-bittorrent";

    /// <summary>Answers a request for the torrent of a path in the media library.</summary>
    public async Task SendAsync(HttpContext context, string path)
    {
        if ((!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            || await offers.FindEntryAsync(path) is not { } entry
            || await torrents.FindAsync(entry) is not { } torrent)
        {
            await NothingHere.SendAsync(context);
            return;
        }

        SetCaching(context.Response, torrent);
        await Results.File(torrent.Metainfo.Bytes.ToArray(), ContentType, FileNameOf(torrent)).ExecuteAsync(context);
    }

    public static string FileNameOf(ServedMediaTorrent torrent) => torrent.Metainfo.Name + ".torrent";

    // The addresses within depend on the one by which the visitor came, and on who he is.
    public static void SetCaching(HttpResponse response, ServedMediaTorrent torrent) =>
        response.Headers[HeaderNames.CacheControl] = torrent.IsPersonal ? "private, no-store" : "private, no-cache";
}
