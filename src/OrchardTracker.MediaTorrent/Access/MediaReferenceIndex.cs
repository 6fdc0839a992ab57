using YesSql.Indexes;

namespace OrchardTracker.MediaTorrent.Access;

/// <summary>Which content items a file belongs to: those whose fields offer it as a torrent, and that it is attached to.</summary>
public sealed class MediaReferenceIndex : MapIndex
{
    public string ContentItemId { get; set; } = "";

    /// <summary>What folders find the files in them by.</summary>
    public string Path { get; set; } = "";

    public string PathHash { get; set; } = "";

    public bool Published { get; set; }

    public bool Latest { get; set; }
}
