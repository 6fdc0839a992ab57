using OrchardCore.Locking;
using OrchardCore.Locking.Distributed;

namespace OrchardTracker.MediaTorrent.Entries;

/// <summary>
/// Held by whoever changes entries, from reading them to the end of the transaction: editors and the background, on all
/// nodes of a site. Two of them at once would make two entries of one file, or one would lose to the other.
/// </summary>
public sealed class EntryLock(IDistributedLock locks)
{
    private const string Key = "MEDIATORRENT_ENTRIES";

    // Where a store is remote, files are copied meanwhile that are to be hidden.
    private static readonly TimeSpan Expiration = TimeSpan.FromMinutes(30);

    /// <returns>Null when somebody else has held it all the time.</returns>
    public async Task<ILocker?> TryAcquireAsync(TimeSpan wait)
    {
        var (locker, isLocked) = await locks.TryAcquireLockAsync(Key, wait, Expiration);
        return isLocked ? locker : null;
    }
}
