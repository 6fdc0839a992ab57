using OrchardTracker.BitTorrent;

namespace OrchardTracker;

/// <summary>
/// Keeps the bytes of .torrent files exactly, by hash, as long as somebody holds them. Scoped; works in the transaction of
/// the current session, so what is saved beside a content item is there or not together with it.
/// </summary>
public interface ITorrentStore
{
    /// <summary>Keeps a torrent. One that is there already, by either hash, is replaced as a whole.</summary>
    /// <param name="holder">Who needs it, a module's id for example; others that hold it already go on doing so.</param>
    Task SaveAsync(Metainfo metainfo, string holder);

    /// <summary>Finds a torrent by either hash; null when there is none.</summary>
    Task<Metainfo?> FindAsync(InfoHash infoHash);

    /// <summary>The holder needs the torrent no more. It is removed when nobody else holds it.</summary>
    /// <returns>False when the holder did not hold it.</returns>
    Task<bool> ReleaseAsync(InfoHash infoHash, string holder);
}
