using Microsoft.AspNetCore.Mvc;
using OrchardTracker.MediaTorrent.Services;

namespace OrchardTracker.MediaTorrent.Controllers;

/// <summary>What visitors and their clients get of media torrents. Whoever may see the content of a file may.</summary>
public sealed class MediaTorrentController(MediaOffers offers, ServedMediaTorrents torrents) : Controller
{
    /// <summary>The page that offers a file which is hidden itself.</summary>
    [HttpGet(MediaUrls.Root + "/{entryId:length(26)}")]
    public async Task<IActionResult> Show(string entryId)
    {
        if (await offers.FindEntryByIdAsync(entryId) is not { } entry || await offers.DescribeAsync(entry) is not { } offer)
        {
            return NotFound();
        }

        Response.Headers.CacheControl = "private, no-cache";
        return View(offer);
    }

    [HttpGet(MediaUrls.Root + "/{entryId:length(26)}.torrent")]
    public async Task<IActionResult> Download(string entryId)
    {
        if (await offers.FindEntryByIdAsync(entryId) is not { } entry || await torrents.FindAsync(entry) is not { } torrent)
        {
            return NotFound();
        }

        MediaTorrentDownload.SetCaching(Response, torrent);
        return File(torrent.Metainfo.Bytes.ToArray(), MediaTorrentDownload.ContentType, MediaTorrentDownload.FileNameOf(torrent));
    }

    /// <summary>The web seed (BEP 19): a client appends the torrent's name and the paths within it.</summary>
    [AcceptVerbs("GET", "HEAD", Route = MediaUrls.Root + "/seed/{infoHash:length(40)}/{ticket}/{**path}")]
    public async Task<IActionResult> Seed(string infoHash, string ticket, [FromServices] MediaWebSeedFiles files)
    {
        // Not the route's value: what the server has decoded once shall not be decoded twice.
        Request.Path.StartsWithSegments($"/{MediaUrls.Root}/seed/{infoHash}/{ticket}", out var path);
        if (await files.OpenAsync(User, infoHash, ticket, path.Value?.TrimStart('/') ?? "", HttpContext.RequestAborted) is not { } file)
        {
            return NotFound();
        }

        Response.Headers.CacheControl = "private, no-cache";
        return File(file.Stream, "application/octet-stream", file.ModifiedUtc, file.ETag, enableRangeProcessing: true);
    }
}
