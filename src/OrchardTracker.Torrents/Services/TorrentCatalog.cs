using OrchardCore.ContentManagement;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Models;
using OrchardTracker.Torrents.Moderation;

namespace OrchardTracker.Torrents.Services;

internal sealed class TorrentCatalog(
    IContentManager contentManager, ITorrentStore store, TorrentItems items, TorrentIntake intake, Takedowns takedowns, ModerationGate moderation) : ITorrentCatalog
{
    public async Task<CatalogTorrent?> FindAsync(InfoHash infoHash)
    {
        var versions = await items.FindVersionsAsync(infoHash);
        return versions.Count == 0 ? null : Describe(versions);
    }

    public async Task<CatalogTorrent?> PublishAsync(Metainfo metainfo, CatalogDetails details)
    {
        if (await takedowns.FindAsync(metainfo.TrackerHashes) is not null)
        {
            return null;
        }

        var hash = metainfo.TrackerHashes[0];
        var versions = await items.FindVersionsAsync(hash);
        if (versions.Count == 0)
        {
            var item = await CreateAsync(metainfo, details);
            return await PublishAsync(item) ? Describe([item]) : null;
        }

        await store.SaveAsync(metainfo, TorrentFeatures.Torrents);
        foreach (var version in versions)
        {
            version.Alter<TorrentPart>(part => part.SupersededBy = null);
            await ChangeAsync(version, details);
        }

        return versions.Exists(version => version.Published) || await PublishAsync(versions[0]) ? Describe(versions) : null;
    }

    public async Task<bool> UpdateAsync(InfoHash infoHash, CatalogDetails details)
    {
        var versions = await items.FindVersionsAsync(infoHash);
        foreach (var version in versions)
        {
            await ChangeAsync(version, details);
        }

        return versions.Count > 0;
    }

    public async Task<bool> UnpublishAsync(InfoHash infoHash)
    {
        var versions = await items.FindVersionsAsync(infoHash);
        return versions.Exists(version => version.Published) && await contentManager.UnpublishAsync(versions.Find(version => version.Latest)!);
    }

    public async Task<bool> SupersedeAsync(InfoHash infoHash, InfoHash successor)
    {
        var versions = await items.FindVersionsAsync(infoHash);
        await items.ChangeAsync(versions, part => part.SupersededBy = successor.ToString());
        if (versions.Exists(version => version.Published))
        {
            await contentManager.UnpublishAsync(versions.Find(version => version.Latest)!);
        }

        return versions.Count > 0;
    }

    public async Task<bool> RemoveAsync(InfoHash infoHash)
    {
        var versions = await items.FindVersionsAsync(infoHash);
        return versions.Find(version => version.Latest) is { } latest && await contentManager.RemoveAsync(latest);
    }

    private Task<bool> PublishAsync(ContentItem item) => moderation.PassAsync(() => contentManager.PublishAsync(item));

    private async Task<ContentItem> CreateAsync(Metainfo metainfo, CatalogDetails details)
    {
        var item = await contentManager.NewAsync(TorrentContent.Type);
        await item.AlterAsync<TorrentPart>(part => intake.TakeAsync(part, metainfo));
        Apply(item, details with { Title = details.Title ?? metainfo.Name });
        await contentManager.CreateAsync(item, VersionOptions.Draft);
        return item;
    }

    private async Task ChangeAsync(ContentItem item, CatalogDetails details)
    {
        Apply(item, details);
        await contentManager.UpdateAsync(item);
    }

    private static void Apply(ContentItem item, CatalogDetails details)
    {
        item.Owner = details.OwnerId ?? item.Owner;
        item.Author = details.Author ?? item.Author;
        if (details.Title is { } title)
        {
            TorrentContent.SetTitle(item, title);
        }

        if (details.Description is { } description)
        {
            TorrentContent.SetDescription(item, description);
        }

        item.Alter<TorrentPart>(part =>
        {
            part.IsUnlisted = !(details.IsListed ?? !part.IsUnlisted);
            part.MediaPath = details.MediaPath ?? part.MediaPath;
        });
    }

    private static CatalogTorrent Describe(List<ContentItem> versions)
    {
        var item = versions.Find(version => version.Published) ?? versions[0];
        var part = item.GetOrCreate<TorrentPart>();
        var (first, second) = part.GetHashes()!.Value;
        return new CatalogTorrent(item.ContentItemId, first, second, item.DisplayText, item.Published, !part.IsUnlisted, part.MediaPath);
    }
}
