using OrchardCore.ContentManagement;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Models;
using OrchardTracker.Torrents.Services;

namespace OrchardTracker.Torrents.Moderation;

/// <summary>Does what moderators decide, in lists and by the API. Asks nobody for a permission: who calls it has done so.</summary>
public sealed class TorrentModerator(IContentManager contentManager, TorrentItems items, Takedowns takedowns)
{
    /// <summary>Publishes the latest version.</summary>
    /// <returns>False when it may not be published: it is taken down, for example.</returns>
    public Task<bool> PublishAsync(ContentItem item) => contentManager.PublishAsync(item);

    /// <summary>Takes it out of the site's pages; the item stays.</summary>
    public Task<bool> UnpublishAsync(ContentItem item) => contentManager.UnpublishAsync(item);

    public Task<bool> DeleteAsync(ContentItem item) => contentManager.RemoveAsync(item);

    /// <summary>Decides whether downloading it counts in accounts, at once and without a new version.</summary>
    public async Task<bool> SetFreeLeechAsync(ContentItem item, bool isFree)
    {
        if (HashesOf(item) is not var (hash, _))
        {
            return false;
        }

        await items.ChangeAsync(await items.FindVersionsAsync(hash), part => part.IsFreeLeech = isFree);
        return true;
    }

    /// <summary>Removes it and blocks its hashes for good.</summary>
    public async Task<bool> TakeDownAsync(ContentItem item, string reason, string? by)
    {
        if (HashesOf(item) is not var (hash, second))
        {
            return false;
        }

        await takedowns.AddAsync(hash, second, item.DisplayText ?? "", reason, by);
        return await contentManager.RemoveAsync(item);
    }

    private static (InfoHash First, InfoHash? Second)? HashesOf(ContentItem item) =>
        item.TryGet<TorrentPart>(out var part) ? part.GetHashes() : null;
}
