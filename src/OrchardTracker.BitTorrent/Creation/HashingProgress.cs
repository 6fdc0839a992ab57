namespace OrchardTracker.BitTorrent;

/// <summary>How far the making of a torrent has come, in bytes of the files themselves.</summary>
public readonly record struct HashingProgress(long BytesDone, long TotalBytes);
