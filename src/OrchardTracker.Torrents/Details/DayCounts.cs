namespace OrchardTracker.Torrents.Details;

/// <summary>A day in the course of a torrent.</summary>
/// <param name="Day">Days since 1970, in UTC.</param>
/// <param name="Seeders">The most at a time; so are the leechers.</param>
/// <param name="Completed">In all, until the end of the day.</param>
public readonly record struct DayCounts(int Day, int Seeders, int Leechers, int Completed)
{
    public DateOnly Date => DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(Day));
}
