using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms;

/// <summary>
/// What one announce adds to the account of a user with a torrent: the difference to the same client's last announce,
/// never negative, counted once over both hashes of a hybrid.
/// </summary>
/// <param name="Torrent">The hash under which the torrent is known: of a hybrid its v1 hash.</param>
/// <param name="SeedingTime">Time as a seeder since the last announce.</param>
public readonly record struct AccountDelta(
    int User,
    InfoHash Torrent,
    long Uploaded,
    long Downloaded,
    long Corrupt,
    TimeSpan SeedingTime,
    bool Completed)
{
    public bool IsEmpty => Uploaded == 0 && Downloaded == 0 && Corrupt == 0 && SeedingTime == TimeSpan.Zero && !Completed;
}
