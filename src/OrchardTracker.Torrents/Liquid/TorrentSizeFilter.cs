using Fluid;
using Fluid.Values;
using OrchardCore.Liquid;
using OrchardTracker.Torrents.Services;

namespace OrchardTracker.Torrents.Liquid;

/// <summary><c>{{ bytes | torrent_size }}</c>: a size for people.</summary>
public sealed class TorrentSizeFilter : ILiquidFilter
{
    public ValueTask<FluidValue> ProcessAsync(FluidValue input, FilterArguments arguments, LiquidTemplateContext context) =>
        new StringValue(SizeText.Write((long)Math.Clamp(input.ToNumberValue(), 0, long.MaxValue)));
}
