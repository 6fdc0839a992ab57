using Microsoft.AspNetCore.Http;
using OrchardTracker.MediaTorrent.Entries;

namespace OrchardTracker.MediaTorrent.Services;

/// <summary>The addresses of media torrents, below the one by which the visitor of the current request came.</summary>
public sealed class MediaUrls(IHttpContextAccessor httpContextAccessor)
{
    public const string Root = "media-torrents";

    /// <summary>The place of a ticket in the address of a web seed that needs none.</summary>
    public const string NoTicket = "-";

    private HttpRequest Request => httpContextAccessor.HttpContext?.Request
        ?? throw new InvalidOperationException("Addresses are given to the visitor of a request.");

    /// <summary>The page that offers a file or folder, without the host.</summary>
    public string PageOf(MediaEntry entry) => $"{Request.PathBase}/{Root}/{entry.EntryId}";

    /// <summary>The .torrent, without the host: always that of the present contents.</summary>
    public string TorrentOf(MediaEntry entry) => $"{PageOf(entry)}.torrent";

    /// <summary>The module's own web seed (BEP 19), to which clients append names and paths by themselves.</summary>
    public string WebSeedOf(MediaEntry entry, string? ticket) =>
        Complete($"{Request.PathBase}/{Root}/seed/{entry.InfoHash}/{ticket ?? NoTicket}/");

    /// <summary>An address with scheme and host.</summary>
    public string Complete(string url) => url switch
    {
        _ when url.StartsWith("//", StringComparison.Ordinal) => $"{Request.Scheme}:{url}",
        _ when url.StartsWith('/') => $"{Request.Scheme}://{Request.Host}{url}",
        _ => url,
    };
}
