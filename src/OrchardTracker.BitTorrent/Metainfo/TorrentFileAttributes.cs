namespace OrchardTracker.BitTorrent;

/// <summary>What a torrent says of a file beside its name and length (BEP 47).</summary>
[Flags]
public enum TorrentFileAttributes
{
    None = 0,

    /// <summary><c>p</c>: zeros that let the next file begin with a piece. It is not to be written to a disk, nor shown.</summary>
    Padding = 1,

    /// <summary><c>x</c></summary>
    Executable = 2,

    /// <summary><c>h</c></summary>
    Hidden = 4,

    /// <summary><c>l</c>: it has no bytes of its own and points to another file of the torrent.</summary>
    SymbolicLink = 8,
}
