using Fluid;
using Fluid.Values;
using OrchardCore.Liquid;
using OrchardTracker.MediaTorrent.Services;

namespace OrchardTracker.MediaTorrent.Liquid;

/// <summary><c>{{ path | torrent_url }}</c>: where the visitor gets the .torrent of a media file; nil when he may not, or there is none.</summary>
public sealed class TorrentUrlFilter(MediaOffers offers) : ILiquidFilter
{
    public async ValueTask<FluidValue> ProcessAsync(FluidValue input, FilterArguments arguments, LiquidTemplateContext context) =>
        await offers.FindAsync(input.ToStringValue()) is { } offer ? StringValue.Create(offer.TorrentUrl) : NilValue.Instance;
}
