namespace OrchardTracker.BitTorrent;

/// <summary>
/// How a torrent is made. Nothing is taken from a clock or a machine: the same files and options give the same bytes.
/// </summary>
public sealed record TorrentOptions
{
    /// <summary>v1 unless told otherwise: some clients read nothing else.</summary>
    public MetainfoVersion Version { get; init; } = MetainfoVersion.V1;

    /// <summary>
    /// In bytes, a power of two from 16 KiB to 32 MiB. Null lets <see cref="TorrentCreator.ChoosePieceLength"/> choose.
    /// </summary>
    public int? PieceLength { get; init; }

    /// <summary>The name of the file, or of the folder around the files. Null takes the name of what is read.</summary>
    public string? Name { get; init; }

    /// <summary>Peers may come from the torrent's own trackers only (BEP 27). Part of the identity.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>Where the torrent belongs. Part of the identity.</summary>
    public string? Source { get; init; }

    /// <summary>Where clients may ask for a newer version (BEP 39). Part of the identity.</summary>
    public string? UpdateUrl { get; init; }

    /// <summary>Trackers by tier (BEP 12).</summary>
    public IReadOnlyList<IReadOnlyList<string>> AnnounceTiers { get; init; } = [];

    /// <summary>Web servers that have the files (BEP 19).</summary>
    public IReadOnlyList<string> WebSeeds { get; init; } = [];

    /// <summary>Web servers that serve pieces by script (BEP 17).</summary>
    public IReadOnlyList<string> HttpSeeds { get; init; } = [];

    /// <summary>Nodes of the DHT to begin with (BEP 5).</summary>
    public IReadOnlyList<DhtNode> Nodes { get; init; } = [];

    public string? Comment { get; init; }

    /// <summary>The program that makes the torrent.</summary>
    public string? CreatedBy { get; init; }

    public DateTimeOffset? CreationDate { get; init; }

    /// <summary>
    /// Whether a folder's hidden files and folders are taken too: those whose name begins with a dot and, on Windows,
    /// those marked hidden.
    /// </summary>
    public bool IncludeHidden { get; init; }

    /// <summary>What becomes of symbolic links inside a folder. The path that is given itself may always be one.</summary>
    public SymbolicLinkPolicy SymbolicLinks { get; init; }

    /// <summary>How many threads read and hash. Null takes one for each processor and one more, which waits for the disk.</summary>
    public int? Threads { get; init; }

    /// <summary>What the torrent may have at most; it is the same that a reader is given by default.</summary>
    public MetainfoLimits Limits { get; init; } = MetainfoLimits.Default;
}
