namespace OrchardTracker.BitTorrent;

/// <summary>A file that is to become part of a torrent, wherever its bytes come from.</summary>
public sealed class TorrentSource
{
    private readonly Func<CancellationToken, ValueTask<Stream>> _open;
    private readonly Func<Stream, bool>? _isUnchanged;

    /// <param name="path">Folders and file name within the torrent; of a torrent that is one file, that file's name.</param>
    /// <param name="length">In bytes. A stream that turns out longer or shorter fails the torrent.</param>
    /// <param name="open">Opens the bytes for reading from the start. The stream is disposed of after reading.</param>
    public TorrentSource(IReadOnlyList<string> path, long length, Func<CancellationToken, ValueTask<Stream>> open)
        : this(path, length, open, null)
    {
    }

    internal TorrentSource(
        IReadOnlyList<string> path, long length, Func<CancellationToken, ValueTask<Stream>> open, Func<Stream, bool>? isUnchanged)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Path = path;
        Length = length;
        _open = open;
        _isUnchanged = isUnchanged;
    }

    public IReadOnlyList<string> Path { get; }

    /// <summary>Whether the stream belongs to somebody else, who will close it.</summary>
    internal bool LeaveOpen { get; init; }

    /// <summary>In bytes.</summary>
    public long Length { get; }

    internal ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => _open(cancellationToken);

    /// <summary>Whether the file, read to its end, is still the one that was looked at in the beginning.</summary>
    internal bool IsUnchanged(Stream stream) => _isUnchanged?.Invoke(stream) ?? true;
}
