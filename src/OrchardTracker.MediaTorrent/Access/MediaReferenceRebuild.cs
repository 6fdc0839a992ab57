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
/// was switched on, or a field has come to offer its files. It goes on where it was stopped. Scoped; each call is one
/// transaction.
/// </summary>
public sealed class MediaReferenceRebuild(ISession session, IContentDefinitionManager definitions)
{
    private const int ItemsAtOnce = 100;

    // Another one has all items looked at again.
    private const int Format = 2;

    /// <summary>Looks at the next content items, unless the index is as it should be.</summary>
    /// <exception cref="ConcurrencyException">Somebody has changed one of the items meanwhile.</exception>
    public async Task<MediaReferenceProgress> ContinueAsync()
    {
        var fields = (await definitions.ListPartDefinitionsAsync())
            .SelectMany(part => part.Fields.Where(field => field.FieldDefinition.Name == nameof(MediaField))
                .Select(field => (Name: $"{part.Name}.{field.Name}", Offers: field.GetSettings<MediaFieldTorrentSettings>().OfferAsTorrent)))
            .ToList();
        var present = $"{Format}: {string.Join(' ', fields.Where(field => field.Offers).Select(field => field.Name).Order(StringComparer.Ordinal))}";
        var state = await session.Query<MediaReferenceState>(MediaEntryStore.Collection).FirstOrDefaultAsync();
        if (state is { NextDefinitions: null } && state.Definitions == present)
        {
            return MediaReferenceProgress.None;
        }

        if (state is null && fields.Count == 0)
        {
            // The first time, and no item can have a file.
            await KeepAsync(new MediaReferenceState { Definitions = present });
            return MediaReferenceProgress.None;
        }

        state ??= new MediaReferenceState();
        if (state.NextDefinitions != present)
        {
            (state.NextDefinitions, state.Position) = (present, 0);
        }

        if (await IndexAsync(state.Position) is { } last)
        {
            state.Position = last;
        }
        else
        {
            (state.Definitions, state.NextDefinitions, state.Position) = (present, null, 0);
        }

        await KeepAsync(state);
        return state.NextDefinitions is null ? MediaReferenceProgress.Finished : MediaReferenceProgress.Underway;
    }

    /// <returns>The last of the items; null when there are no more after them.</returns>
    private async Task<long?> IndexAsync(long after)
    {
        var rows = await session.QueryIndex<ContentItemIndex>(index => index.DocumentId > after && (index.Published || index.Latest))
            .OrderBy(index => index.DocumentId).Take(ItemsAtOnce).ListAsync();
        long[] ids = [.. rows.Select(row => row.DocumentId)];
        foreach (var item in await session.GetAsync<ContentItem>(ids))
        {
            // As it is: what is wanted is that it is indexed.
            await session.SaveAsync(item, checkConcurrency: true);
        }

        return ids.Length < ItemsAtOnce ? null : ids[^1];
    }

    private async Task KeepAsync(MediaReferenceState state)
    {
        await session.SaveAsync(state, MediaEntryStore.Collection);
        await session.SaveChangesAsync();
    }
}
