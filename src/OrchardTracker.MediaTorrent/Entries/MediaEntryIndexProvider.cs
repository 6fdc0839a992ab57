using OrchardTracker.MediaTorrent.Files;
using YesSql.Indexes;

namespace OrchardTracker.MediaTorrent.Entries;

public sealed class MediaEntryIndexProvider : IndexProvider<MediaEntry>
{
    public const int MaxPathLength = 1024;

    public MediaEntryIndexProvider() => CollectionName = MediaEntryStore.Collection;

    public override void Describe(DescribeContext<MediaEntry> context) =>
        context.For<MediaEntryIndex>().Map(entry => new MediaEntryIndex
        {
            EntryId = entry.EntryId,
            Path = entry.Path.Length > MaxPathLength ? entry.Path[..MaxPathLength] : entry.Path,
            PathHash = MediaPaths.Hash(entry.Path),
            IsFolder = entry.IsFolder,
            State = entry.State.ToString(),
            Length = entry.Length,
            ModifiedTicks = entry.ModifiedTicks,
            Fingerprint = entry.Fingerprint,
            InfoHash = entry.InfoHash,
            InfoHashV2 = entry.InfoHashV2,
            IsRestricted = entry.IsRestricted,
            IsInCatalog = entry.IsInCatalog,
            CreatedUtc = entry.CreatedUtc,
        });
}
