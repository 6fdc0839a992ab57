namespace OrchardTracker.Torrents.Counting;

/// <summary>What is shown of a swarm: on the site's own tracker as of now, on others as they last said.</summary>
public readonly record struct TorrentCounts(
    int OwnSeeders, int OwnLeechers, int OwnCompleted, int ForeignSeeders, int ForeignLeechers, int ForeignCompleted)
{
    public int Seeders => OwnSeeders + ForeignSeeders;

    public int Leechers => OwnLeechers + ForeignLeechers;

    public int Completed => OwnCompleted + ForeignCompleted;
}
