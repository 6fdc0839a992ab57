using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.Data;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Files;
using YesSql.Indexes;

namespace OrchardTracker.MediaTorrent.Access;

internal sealed class MediaReferenceIndexProvider(IServiceProvider services) : IndexProvider<ContentItem>, IScopedIndexProvider
{
    private MediaReferenceFinder? _finder;

    public override void Describe(DescribeContext<ContentItem> context) => context.For<MediaReferenceIndex>().Map(async item =>
    {
        if (!item.Published && !item.Latest)
        {
            return null!;
        }

        // Not before it is needed: the definitions need the session, which needs this provider.
        _finder ??= new MediaReferenceFinder(services.GetRequiredService<IContentDefinitionManager>());
        return (await _finder.FindAsync(item))
            .Where(reference => reference.IsOffered || MediaPaths.IsAttached(reference.Path))
            .Select(reference => reference.Path)
            .Distinct()
            .Select(path => new MediaReferenceIndex
            {
                ContentItemId = item.ContentItemId,
                Path = path.Length > MediaEntryIndexProvider.MaxPathLength ? path[..MediaEntryIndexProvider.MaxPathLength] : path,
                PathHash = MediaPaths.Hash(path),
                Published = item.Published,
                Latest = item.Latest,
            });
    });
}
