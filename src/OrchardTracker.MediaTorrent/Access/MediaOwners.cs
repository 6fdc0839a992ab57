using OrchardCore.ContentManagement;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Files;
using YesSql;
using YesSql.Services;
using ISession = YesSql.ISession;

namespace OrchardTracker.MediaTorrent.Access;

/// <summary>Finds the published content items that files belong to. Scoped.</summary>
public sealed class MediaOwners(ISession session, IContentManager contents)
{
    public async Task<IReadOnlyList<ContentItem>> FindAsync(string path)
    {
        var hash = MediaPaths.Hash(path);
        var rows = await session.QueryIndex<MediaReferenceIndex>(index => index.PathHash == hash && index.Published).ListAsync();
        string[] ids = [.. rows.Select(row => row.ContentItemId).Distinct()];
        return ids.Length == 0 ? [] : [.. await contents.GetAsync(ids)];
    }

    /// <summary>Whether a file belongs to any content item, published or not.</summary>
    public async Task<bool> HasAnyAsync(string path)
    {
        var hash = MediaPaths.Hash(path);
        return await session.QueryIndex<MediaReferenceIndex>(index => index.PathHash == hash).CountAsync() > 0;
    }

    /// <summary>The paths of all entries that belong to a content item, published or not.</summary>
    public async Task<IReadOnlyList<string>> FindPathsAsync(string contentItemId)
    {
        var rows = await session.QueryIndex<MediaReferenceIndex>(index => index.ContentItemId == contentItemId).ListAsync();
        string[] hashes = [.. rows.Select(row => row.PathHash).Distinct()];
        if (hashes.Length == 0)
        {
            return [];
        }

        var entries = await session.QueryIndex<MediaEntryIndex>(
            index => index.PathHash.IsIn(hashes) && index.State != nameof(MediaEntryState.Removed), MediaEntryStore.Collection).ListAsync();
        return [.. entries.Select(entry => entry.Path)];
    }
}
