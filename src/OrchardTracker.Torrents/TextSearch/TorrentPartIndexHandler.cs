using OrchardCore.Indexing;
using OrchardTracker.Torrents.Models;

namespace OrchardTracker.Torrents.TextSearch;

/// <summary>
/// The fields of a torrent for queries of a site's builder, where the part is included in an index. What visitors search is in
/// the full text of the item, whether it is or not.
/// </summary>
internal sealed class TorrentPartIndexHandler : ContentPartIndexHandler<TorrentPart>
{
    public override Task BuildIndexAsync(TorrentPart part, BuildPartIndexContext context)
    {
        var options = context.Settings.ToOptions();
        foreach (var key in context.Keys)
        {
            context.DocumentIndex.Set($"{key}.InfoHash", part.InfoHash, DocumentIndexOptions.Keyword | DocumentIndexOptions.Store);
            context.DocumentIndex.Set($"{key}.Name", part.Name, options);
            context.DocumentIndex.Set($"{key}.Size", (double)part.Size, options);
            context.DocumentIndex.Set($"{key}.FileCount", part.FileCount, options);
        }

        return Task.CompletedTask;
    }
}
