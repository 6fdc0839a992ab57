using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <summary>A file or folder at the top of the published folder, as it was found.</summary>
internal sealed class FolderItem
{
    public required string Name { get; init; }

    public bool IsFolder { get; init; }

    /// <summary>What is published of it, in a fixed order.</summary>
    public IReadOnlyList<FolderFile> Files { get; init; } = [];

    /// <summary>Of names, sizes and times of what is published: as long as it is the same, so is the torrent.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>Of all there is, unfinished and hidden files too: as long as it changes, somebody is still at work.</summary>
    public string Mark { get; init; } = "";

    /// <summary>A program has left a sign that the file is not whole yet.</summary>
    public bool IsIncomplete { get; init; }

    /// <summary>Why it cannot be published; null when it can.</summary>
    public MetainfoMessage? Fault { get; init; }
}
