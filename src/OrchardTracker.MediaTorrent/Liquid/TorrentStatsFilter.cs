using Fluid;
using Fluid.Values;
using OrchardCore.Liquid;
using OrchardTracker.MediaTorrent.Services;

namespace OrchardTracker.MediaTorrent.Liquid;

/// <summary>
/// <c>{% assign stats = path | torrent_stats %}</c>: <c>seeders</c>, <c>leechers</c>, <c>completed</c>, <c>length</c> in bytes,
/// <c>name</c> and <c>info_hash</c>; nil when the visitor may not know them.
/// </summary>
public sealed class TorrentStatsFilter(MediaOffers offers) : ILiquidFilter
{
    public async ValueTask<FluidValue> ProcessAsync(FluidValue input, FilterArguments arguments, LiquidTemplateContext context)
    {
        if (await offers.FindAsync(input.ToStringValue()) is not { } offer)
        {
            return NilValue.Instance;
        }

        var stats = new Dictionary<string, FluidValue>
        {
            ["seeders"] = NumberValue.Create(offer.Counts.Seeders),
            ["leechers"] = NumberValue.Create(offer.Counts.Leechers),
            ["completed"] = NumberValue.Create(offer.Counts.Completed),
            ["length"] = NumberValue.Create(offer.Entry.Length),
            ["name"] = StringValue.Create(offer.Name),
            ["info_hash"] = StringValue.Create(offer.Entry.InfoHash!),
        };
        return new DictionaryValue(new FluidValueDictionaryFluidIndexable(stats));
    }
}
