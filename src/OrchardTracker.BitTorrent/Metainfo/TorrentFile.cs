namespace OrchardTracker.BitTorrent;

/// <summary>A file of a torrent. Its path has passed the checks of the reader: no segment leads out of the folder it is in.</summary>
public sealed class TorrentFile
{
    private string? _fullPath;

    internal TorrentFile(IReadOnlyList<string> path, long length)
    {
        Path = path;
        Length = length;
    }

    /// <summary>
    /// Folders and file name, below the folder that bears the torrent's name. Of a torrent that is one single file,
    /// that file's name alone.
    /// </summary>
    public IReadOnlyList<string> Path { get; }

    /// <summary><see cref="Path"/> joined by slashes.</summary>
    public string FullPath => _fullPath ??= string.Join('/', Path);

    /// <summary>In bytes.</summary>
    public long Length { get; }

    /// <summary>
    /// Where the file begins in the row of all bytes that pieces are cut from. In a v2 torrent each file begins with a
    /// piece of its own, so that there are gaps between files.
    /// </summary>
    public long Offset { get; internal set; }

    public TorrentFileAttributes Attributes { get; internal init; }

    /// <summary>Whether the file is only there so that the next one begins with a piece (BEP 47).</summary>
    public bool IsPadding => (Attributes & TorrentFileAttributes.Padding) != 0;

    /// <summary>Of a symbolic link, the path in the torrent that it points to (BEP 47); otherwise empty.</summary>
    public IReadOnlyList<string> LinkTarget { get; internal init; } = [];

    /// <summary>Root of the file's SHA-256 tree, 32 bytes (BEP 52). Empty in v1 torrents and for files without bytes.</summary>
    public ReadOnlyMemory<byte> PiecesRoot { get; internal set; }

    /// <summary>
    /// One hash of 32 bytes for each piece of the file (BEP 52). A file of one piece has none but its root, which is
    /// then given here.
    /// </summary>
    public ReadOnlyMemory<byte> PieceLayer { get; internal set; }

    public override string ToString() => FullPath;
}
