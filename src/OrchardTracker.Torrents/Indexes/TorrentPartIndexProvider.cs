using OrchardCore.ContentManagement;
using OrchardTracker.Torrents.Data;
using OrchardTracker.Torrents.Models;
using YesSql.Indexes;

namespace OrchardTracker.Torrents.Indexes;

public sealed class TorrentPartIndexProvider : IndexProvider<ContentItem>
{
    public override void Describe(DescribeContext<ContentItem> context) => context.For<TorrentPartIndex>()
        .When(item => item.Has<TorrentPart>())
        .Map(item => Map(item)!);

    private static TorrentPartIndex? Map(ContentItem item)
    {
        if ((!item.Published && !item.Latest) || !item.TryGet<TorrentPart>(out var part) || part.GetHashes() is not var (first, second))
        {
            return null;
        }

        var title = (item.DisplayText ?? part.Name ?? "").ToLowerInvariant();
        return new TorrentPartIndex
        {
            ContentItemId = item.ContentItemId,
            InfoHash = first.ToString(),
            SecondHash = second?.ToString(),
            SortTitle = title.Length > TorrentPartIndex.TitleLength ? title[..TorrentPartIndex.TitleLength] : title,
            Size = part.Size,
            Owner = item.Owner,
            ListedAt = part.ListedUtc is { } listed ? UnixSeconds.Of(listed) : 0,
            SupersededBy = part.SupersededBy,
            Listed = !part.IsUnlisted,
            FreeLeech = part.IsFreeLeech,
            Published = item.Published,
            Latest = item.Latest,
        };
    }
}
