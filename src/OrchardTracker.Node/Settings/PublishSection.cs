using OrchardTracker.BitTorrent;

namespace OrchardTracker.Node;

/// <summary>Settings below <c>Publish:</c>.</summary>
public sealed record PublishSection
{
    /// <summary>Null publishes nothing: the node is a tracker alone.</summary>
    public string? Folder { get; init; }

    /// <summary>How the world reaches this node, without a slash at the end; null takes the address by which each client came.</summary>
    public string? PublicUrl { get; init; }

    public string Title { get; init; } = "Torrents";

    public bool HasWebSeeds { get; init; } = true;

    public TorrentOptions Torrents { get; init; } = new();

    public TimeSpan Settle { get; init; }

    public TimeSpan Rescan { get; init; }

    public int MaxConcurrency { get; init; }
}
