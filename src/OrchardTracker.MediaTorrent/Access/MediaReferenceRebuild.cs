using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Records;
using OrchardCore.Media.Fields;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Fields;
using YesSql;
using ISession = YesSql.ISession;

namespace OrchardTracker.MediaTorrent.Access;

/// <summary>
/// Finds anew which files belong to which content items, after a change that no content item was saved for: the feature
/// was switched on, or a field has come to offer its files. Scoped; each call is one transaction.
/// </summary>
public sealed class MediaReferenceRebuild(ISession session, IContentDefinitionManager definitions)
{
    private const int ItemsAtOnce = 100;

    // Another one has all items looked at again.
    private const int Format = 2;

    /// <returns>What <see cref="KeepAsync"/> is to be told at the end; null when the index is as it should be.</returns>
    public async Task<string?> FindChangeAsync()
    {
        var offering = (await definitions.ListPartDefinitionsAsync())
            .SelectMany(part => part.Fields.Where(field => field.FieldDefinition.Name == nameof(MediaField) && field.GetSettings<MediaFieldTorrentSettings>().OfferAsTorrent)
                .Select(field => $"{part.Name}.{field.Name}"))
            .Order(StringComparer.Ordinal);
        var present = $"{Format}: {string.Join(' ', offering)}";
        return (await FindStateAsync())?.Definitions == present ? null : present;
    }

    /// <summary>Looks at some content items.</summary>
    /// <param name="after">Where to go on; 0 for the beginning.</param>
    /// <returns>Where to go on next; null at the end.</returns>
    /// <exception cref="ConcurrencyException">Somebody has changed one of the items meanwhile.</exception>
    public async Task<long?> ContinueAsync(long after)
    {
        var rows = await session.QueryIndex<ContentItemIndex>(index => index.DocumentId > after && (index.Published || index.Latest))
            .OrderBy(index => index.DocumentId).Take(ItemsAtOnce).ListAsync();
        long[] ids = [.. rows.Select(row => row.DocumentId)];
        foreach (var item in await session.GetAsync<ContentItem>(ids))
        {
            // As it is: what is wanted is that it is indexed.
            await session.SaveAsync(item, checkConcurrency: true);
        }

        await session.SaveChangesAsync();
        return ids.Length < ItemsAtOnce ? null : ids[^1];
    }

    public async Task KeepAsync(string definitions)
    {
        var state = await FindStateAsync() ?? new MediaReferenceState();
        state.Definitions = definitions;
        await session.SaveAsync(state, MediaEntryStore.Collection);
        await session.SaveChangesAsync();
    }

    private Task<MediaReferenceState?> FindStateAsync() => session.Query<MediaReferenceState>(MediaEntryStore.Collection).FirstOrDefaultAsync()!;
}
