using System.ComponentModel;

namespace OrchardTracker.Torrents.Api.Models;

/// <summary>A torrent in a list.</summary>
public sealed record ApiTorrent(
    [property: Description("40 hexadecimal digits: the v1 hash, or the truncated v2 hash of a torrent that has no other.")] string InfoHash,
    [property: Description("64 hexadecimal digits of a v2 or hybrid torrent.")] string? InfoHashV2,
    string Title,
    [property: Description("In bytes, without padding.")] long Size,
    int FileCount,
    [property: Description("When it was first published, in UTC.")] DateTime? Added,
    bool IsPublished,
    bool IsPrivate,
    bool IsFreeLeech,
    int Seeders,
    int Leechers,
    int Completed,
    [property: Description("By the key of each taxonomy, the names of the terms that the torrent has.")] IReadOnlyDictionary<string, IReadOnlyList<string>> Terms,
    [property: Description("The address of its page.")] string PageUrl,
    [property: Description("The address of its .torrent file.")] string TorrentUrl);
