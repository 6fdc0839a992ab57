namespace OrchardTracker.BitTorrent;

/// <summary>Some bytes of one file: <paramref name="Length"/> of them from <paramref name="Offset"/> in that file.</summary>
public readonly record struct FileSlice(TorrentFile File, long Offset, long Length);
