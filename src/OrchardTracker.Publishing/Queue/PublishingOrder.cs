using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <summary>What a torrent is to be made of.</summary>
/// <param name="Name">The name of the file, or of the folder around the files.</param>
/// <param name="IsFolder">False for one file without a folder around it.</param>
/// <param name="Options">How; their own name does not count.</param>
public sealed record PublishingOrder(string Name, IReadOnlyList<PublishingSource> Sources, bool IsFolder, TorrentOptions Options)
{
    /// <summary>What the job holds while it is worked on, a lock for example. Disposed of when the work ends, however it does.</summary>
    public IAsyncDisposable? Hold { get; init; }
}
