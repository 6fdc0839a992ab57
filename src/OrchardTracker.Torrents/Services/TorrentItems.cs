using OrchardCore.ContentManagement;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Indexes;
using OrchardTracker.Torrents.Models;
using YesSql;
using ISession = YesSql.ISession;

namespace OrchardTracker.Torrents.Services;

/// <summary>Finds the content items of torrents by their hashes, and changes them without making new versions.</summary>
public sealed class TorrentItems(IContentManager contentManager, ISession session)
{
    /// <summary>The latest version of an item and, where another one is published, that one after it.</summary>
    public async Task<List<ContentItem>> FindVersionsAsync(InfoHash infoHash)
    {
        // What this request has changed so far counts.
        await session.FlushAsync();
        var hash = infoHash.ToString();
        var found = await session
            .Query<ContentItem, TorrentPartIndex>(index => index.InfoHash == hash || index.SecondHash == hash)
            .ListAsync();
        var versions = new List<ContentItem>();
        foreach (var version in found.OrderByDescending(version => version.Latest))
        {
            versions.Add(await contentManager.LoadAsync(version));
        }

        return versions;
    }

    /// <summary>Changes the part in all versions that count: what is published at once, and a draft that is begun as well.</summary>
    public async Task ChangeAsync(IEnumerable<ContentItem> versions, Action<TorrentPart> change)
    {
        foreach (var version in versions)
        {
            version.Alter(change);
            await contentManager.UpdateAsync(version);
        }
    }
}
