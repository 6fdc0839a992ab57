using OrchardTracker.MediaTorrent.Files;
using YesSql.Indexes;

namespace OrchardTracker.MediaTorrent.Entries;

/// <summary>What entries are found, sorted and compared with the store by.</summary>
public sealed class MediaEntryIndex : MapIndex
{
    public string EntryId { get; set; } = "";

    public string Path { get; set; } = "";

    /// <summary><see cref="MediaPaths.Hash"/></summary>
    public string PathHash { get; set; } = "";

    public bool IsFolder { get; set; }

    public string State { get; set; } = "";

    public long Length { get; set; }

    public long ModifiedTicks { get; set; }

    public string? Fingerprint { get; set; }

    public string? InfoHash { get; set; }

    public string? InfoHashV2 { get; set; }

    public bool IsRestricted { get; set; }

    public bool IsInCatalog { get; set; }

    public DateTime CreatedUtc { get; set; }
}
