using OrchardCore.ContentManagement;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Indexes;
using YesSql;
using ISession = YesSql.ISession;

namespace OrchardTracker.Torrents.Services;

/// <summary>Finds the item that has a torrent already. One torrent has one item: two would share one swarm.</summary>
public sealed class TorrentDuplicates(IServiceProvider services)
{
    /// <param name="contentItemId">The item that may have it; null for a new one.</param>
    public async Task<ContentItem?> FindAsync(InfoHash infoHash, string? contentItemId)
    {
        // Asked for late: handlers that need this are made while the session is.
        var session = (ISession)services.GetService(typeof(ISession))!;
        var hash = infoHash.ToString();
        return await session
            .Query<ContentItem, TorrentPartIndex>(index =>
                (index.InfoHash == hash || index.SecondHash == hash) && index.ContentItemId != contentItemId && index.Latest)
            .FirstOrDefaultAsync();
    }
}
