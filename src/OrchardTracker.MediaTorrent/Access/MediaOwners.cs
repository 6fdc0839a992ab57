using OrchardCore.ContentManagement;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Files;
using YesSql;
using ISession = YesSql.ISession;

namespace OrchardTracker.MediaTorrent.Access;

/// <summary>Finds the content items that files belong to. Scoped.</summary>
public sealed class MediaOwners(ISession session, IContentManager contents)
{
    /// <summary>Those files of an entry that belong to content items, with the items: itself, or all within a folder.</summary>
    public async Task<IReadOnlyList<OwnedFile>> FindAsync(MediaEntry entry)
    {
        var rows = await (entry.IsFolder ? ListWithinAsync(entry.Path) : ListOfAsync(entry.Path));
        string[] ids = [.. rows.Where(row => row.Published).Select(row => row.ContentItemId).Distinct()];
        var items = ids.Length == 0 ? [] : (await contents.GetAsync(ids)).ToDictionary(item => item.ContentItemId);
        return
        [
            .. rows.GroupBy(row => row.PathHash).Select(file => new OwnedFile(
                entry.IsFolder ? file.First().Path : entry.Path,
                [.. file.Where(row => row.Published).Select(row => items.GetValueOrDefault(row.ContentItemId)).OfType<ContentItem>().Distinct()])),
        ];
    }

    /// <summary>The paths of all files that belong to a content item, published or not.</summary>
    public async Task<IReadOnlyList<string>> FindPathsAsync(string contentItemId)
    {
        var rows = await session.QueryIndex<MediaReferenceIndex>(index => index.ContentItemId == contentItemId).ListAsync();
        return [.. rows.Select(row => row.Path).Where(path => !string.IsNullOrEmpty(path)).Distinct()];
    }

    private async Task<IReadOnlyList<MediaReferenceIndex>> ListOfAsync(string path)
    {
        var hash = MediaPaths.Hash(path);
        return [.. await session.QueryIndex<MediaReferenceIndex>(index => index.PathHash == hash).ListAsync()];
    }

    private async Task<IReadOnlyList<MediaReferenceIndex>> ListWithinAsync(string folder)
    {
        var prefix = folder + "/";
        var rows = await session.QueryIndex<MediaReferenceIndex>(index => index.Path.StartsWith(prefix)).ListAsync();

        // Databases differ in whether they tell upper case from lower.
        return [.. rows.Where(row => row.Path.StartsWith(prefix, StringComparison.Ordinal))];
    }
}
