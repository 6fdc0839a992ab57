namespace OrchardTracker.BitTorrent;

/// <summary>What a torrent may have at most. Each bound holds before memory is taken for what it bounds.</summary>
public sealed record MetainfoLimits
{
    public static MetainfoLimits Default { get; } = new();

    /// <summary>Size of the .torrent file, in bytes. 32 MiB are 1.6 million v1 pieces.</summary>
    public int MaxBytes { get; init; } = 32 << 20;

    /// <summary>Files, padding included.</summary>
    public int MaxFiles { get; init; } = 250_000;

    /// <summary>Folders and the file name of one path.</summary>
    public int MaxPathDepth { get; init; } = 50;

    /// <summary>One folder's or file's name in bytes of UTF-8: what the usual file systems take.</summary>
    public int MaxNameBytes { get; init; } = 255;

    /// <summary>A whole path in bytes of UTF-8, the torrent's name included.</summary>
    public int MaxPathBytes { get; init; } = 2_048;

    /// <summary>The paths of all files together, in bytes of UTF-8.</summary>
    public long MaxTotalPathBytes { get; init; } = 64 << 20;

    /// <summary>A piece, in bytes.</summary>
    public int MaxPieceLength { get; init; } = 256 << 20;

    /// <summary>Trackers, web seeds, HTTP seeds and DHT nodes: of each the first so many are looked at.</summary>
    public int MaxUrls { get; init; } = 500;

    internal BencodeLimits Bencode => new() { MaxDepth = MaxPathDepth + 8, MaxLength = MaxBytes };
}
