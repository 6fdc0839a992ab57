using Fluid;
using Fluid.Values;
using OrchardCore.ContentManagement;
using OrchardCore.Liquid;
using OrchardTracker.Torrents.Counting;
using OrchardTracker.Torrents.Models;

namespace OrchardTracker.Torrents.Liquid;

/// <summary>
/// <c>{% assign counts = item | torrent_counts %}{{ counts.Seeders }}</c>: the counts of a content item, or of an info-hash,
/// as of now.
/// </summary>
public sealed class TorrentCountsFilter(TorrentBoard board) : ILiquidFilter
{
    public ValueTask<FluidValue> ProcessAsync(FluidValue input, FilterArguments arguments, LiquidTemplateContext context)
    {
        var hash = input.ToObjectValue() is ContentItem item ? item.GetOrCreate<TorrentPart>().InfoHash : input.ToStringValue();
        return new ObjectValue(board.Get(hash));
    }
}
