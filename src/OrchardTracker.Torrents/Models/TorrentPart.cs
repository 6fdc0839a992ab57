using OrchardCore.ContentManagement;

namespace OrchardTracker.Torrents.Models;

/// <summary>
/// What a content item says of its torrent. The .torrent file itself lies in <see cref="ITorrentStore"/> and never changes;
/// what editors may change of it stands here and is written around the same <c>info</c> when the torrent is served.
/// </summary>
public sealed class TorrentPart : ContentPart
{
    /// <summary>40 hexadecimal digits: the v1 hash, or the truncated one of a torrent that is v2 only.</summary>
    public string? InfoHash { get; set; }

    /// <summary>64 hexadecimal digits of a v2 or hybrid torrent (BEP 52).</summary>
    public string? InfoHashV2 { get; set; }

    /// <summary>The torrent's own name: that of its file, or of the folder around its files.</summary>
    public string? Name { get; set; }

    /// <summary>Bytes of all files, without padding.</summary>
    public long Size { get; set; }

    /// <summary>Without padding.</summary>
    public int FileCount { get; set; }

    /// <summary>In bytes.</summary>
    public int PieceLength { get; set; }

    public int PieceCount { get; set; }

    /// <summary>Of the .torrent file as it was uploaded, in bytes.</summary>
    public int FileLength { get; set; }

    /// <summary>Peers may come from the torrent's own trackers only (BEP 27).</summary>
    public bool IsPrivate { get; set; }

    /// <summary>When the .torrent file says it was made.</summary>
    public DateTime? MadeUtc { get; set; }

    /// <summary>The program that made it.</summary>
    public string? MadeBy { get; set; }

    /// <summary>Trackers by tier, beside the site's own (BEP 12).</summary>
    public List<List<string>> Trackers { get; set; } = [];

    /// <summary>Web seeds, beside those that the site has (BEP 19).</summary>
    public List<string> WebSeeds { get; set; } = [];

    /// <summary>Whether it stands in no list, feed or search; its own page it has all the same.</summary>
    public bool IsUnlisted { get; set; }

    /// <summary>Whether what is downloaded of it counts for no user's account.</summary>
    public bool IsFreeLeech { get; set; }

    /// <summary>Whether the site's own trackers are left out of the torrent as it is served.</summary>
    public bool KeepsTrackers { get; set; }

    /// <summary>When it was first published. Publishing it again does not bring it to the top.</summary>
    public DateTime? ListedUtc { get; set; }

    /// <summary>The path in the media library that it was made from.</summary>
    public string? MediaPath { get; set; }

    /// <summary>The hash of the torrent that took its place.</summary>
    public string? SupersededBy { get; set; }
}
