using OrchardCore.ContentManagement;
using OrchardTracker.Torrents.Counting;
using OrchardTracker.Torrents.Models;
using OrchardTracker.Torrents.Searching;
using ISession = YesSql.ISession;

namespace OrchardTracker.Torrents.Services;

/// <summary>
/// Torrents with their content items and live counts: what pages, feeds, widgets and the API show. Two queries, however
/// many torrents there are.
/// </summary>
public sealed class TorrentLister(TorrentFinder finder, ISession session, IContentManager contentManager, TorrentBoard board)
{
    public async Task<IReadOnlyList<TorrentRow>> ListAsync(TorrentQuery query, int take, int skip = 0, TorrentCursor? after = null)
    {
        var hits = await finder.FindAsync(query, take, skip, after);
        var items = (await session.GetAsync<ContentItem>([.. hits.Select(hit => hit.DocumentId)])).ToDictionary(item => item.Id);
        var rows = new List<TorrentRow>(hits.Count);
        foreach (var hit in hits)
        {
            if (items.TryGetValue(hit.DocumentId, out var item))
            {
                item = await contentManager.LoadAsync(item);
                rows.Add(new TorrentRow(item, item.GetOrCreate<TorrentPart>(), hit, board.Get(hit.InfoHash)));
            }
        }

        return rows;
    }
}
