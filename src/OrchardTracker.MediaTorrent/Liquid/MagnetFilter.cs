using Fluid;
using Fluid.Values;
using OrchardCore.Liquid;
using OrchardTracker.MediaTorrent.Services;

namespace OrchardTracker.MediaTorrent.Liquid;

/// <summary><c>{{ path | magnet }}</c>: the magnet link of a media file; nil when there is none for the visitor.</summary>
public sealed class MagnetFilter(MediaOffers offers) : ILiquidFilter
{
    public async ValueTask<FluidValue> ProcessAsync(FluidValue input, FilterArguments arguments, LiquidTemplateContext context) =>
        (await offers.FindAsync(input.ToStringValue()))?.Magnet is { } magnet ? StringValue.Create(magnet) : NilValue.Instance;
}
