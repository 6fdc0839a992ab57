using OrchardTracker.BitTorrent;

namespace OrchardTracker.Node;

/// <summary>A file of a torrent, as <c>inspect</c> tells it.</summary>
internal sealed record FileText
{
    public required string Path { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    public string? Attributes { get; init; }

    public string? LinkTarget { get; init; }

    public static FileText Of(TorrentFile file) => new()
    {
        Path = file.FullPath,
        Size = file.Length,
        Attributes = file.Attributes == default ? null : file.Attributes.ToString().ToLowerInvariant(),
        LinkTarget = file.LinkTarget.Count == 0 ? null : string.Join('/', file.LinkTarget),
    };
}
