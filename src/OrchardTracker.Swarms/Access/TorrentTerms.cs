namespace OrchardTracker.Swarms;

/// <summary>How much of what is moved of a torrent counts in its users' accounts, in percent.</summary>
/// <param name="UploadPercent">200 makes uploads count double.</param>
/// <param name="DownloadPercent">0 is free leech: downloads do not count.</param>
public readonly record struct TorrentTerms(int UploadPercent, int DownloadPercent)
{
    public static readonly TorrentTerms Usual = new(100, 100);

    /// <summary>Whether downloading it costs nothing: then it may be started with any ratio.</summary>
    public bool IsFree => DownloadPercent == 0;
}
