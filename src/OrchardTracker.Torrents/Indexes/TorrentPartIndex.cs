using YesSql.Indexes;

namespace OrchardTracker.Torrents.Indexes;

/// <summary>What torrents are found and sorted by. Live counts are not here: they change without the item being saved.</summary>
public sealed class TorrentPartIndex : MapIndex
{
    /// <summary>So much of a title is sorted by.</summary>
    public const int TitleLength = 100;

    public string ContentItemId { get; set; } = "";

    /// <summary>The first hash under which clients announce it, 40 hexadecimal digits.</summary>
    public string InfoHash { get; set; } = "";

    /// <summary>The second one of a hybrid.</summary>
    public string? SecondHash { get; set; }

    /// <summary>The title in lower case: databases differ in where they put capitals.</summary>
    public string SortTitle { get; set; } = "";

    /// <summary>In bytes.</summary>
    public long Size { get; set; }

    public string? Owner { get; set; }

    /// <summary>When it was first published, in seconds of Unix time; 0 when it never was.</summary>
    public long ListedAt { get; set; }

    /// <summary>The hash of the torrent that took its place.</summary>
    public string? SupersededBy { get; set; }

    public bool Listed { get; set; }

    public bool FreeLeech { get; set; }

    public bool Published { get; set; }

    public bool Latest { get; set; }
}
