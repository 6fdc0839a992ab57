using OrchardTracker.BitTorrent;

namespace OrchardTracker;

/// <summary>
/// The torrents that the site has as content items. Scoped; works in the transaction of the current session, and tells the
/// tracker by itself. Registered only while the Torrents feature is enabled, so ask for it as something that may be
/// missing. It asks nobody for a permission: who calls it has done so.
/// </summary>
public interface ITorrentCatalog
{
    /// <summary>Finds a torrent by either hash, published or not; null when the site has no content item of it.</summary>
    Task<CatalogTorrent?> FindAsync(InfoHash infoHash);

    /// <summary>
    /// Makes a content item of a torrent and publishes it, with its bytes kept in <see cref="ITorrentStore"/>. One that is
    /// there already, by either hash, is changed as <see cref="UpdateAsync"/> does, and published if it was not.
    /// </summary>
    /// <returns>Null when the torrent was taken down: nothing has changed then.</returns>
    Task<CatalogTorrent?> PublishAsync(Metainfo metainfo, CatalogDetails details);

    /// <summary>Changes what is told of a torrent, in its draft as well if there is one.</summary>
    /// <returns>False when the site has no content item of it.</returns>
    Task<bool> UpdateAsync(InfoHash infoHash, CatalogDetails details);

    /// <summary>Takes a torrent out of the site's pages. The item stays as a draft, and its announces are refused.</summary>
    /// <returns>False when there was none that is published.</returns>
    Task<bool> UnpublishAsync(InfoHash infoHash);

    /// <summary>
    /// Unpublishes a torrent in favour of a newer one of the same files. Its page leads to the newer one, and its announces
    /// are refused with a reason that says so.
    /// </summary>
    /// <returns>False when the site has no content item of it.</returns>
    Task<bool> SupersedeAsync(InfoHash infoHash, InfoHash successor);

    /// <summary>Removes a torrent's content item; its bytes too, unless somebody else holds them.</summary>
    /// <returns>False when there was none.</returns>
    Task<bool> RemoveAsync(InfoHash infoHash);
}
