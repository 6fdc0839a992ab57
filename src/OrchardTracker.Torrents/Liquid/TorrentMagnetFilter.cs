using Fluid;
using Fluid.Values;
using OrchardCore.ContentManagement;
using OrchardCore.Liquid;
using OrchardTracker.Torrents.Models;
using OrchardTracker.Torrents.Services;

namespace OrchardTracker.Torrents.Liquid;

/// <summary><c>{{ item | torrent_magnet }}</c>: the magnet link of a content item, for the visitor of the page.</summary>
public sealed class TorrentMagnetFilter(ServedTorrents served) : ILiquidFilter
{
    public async ValueTask<FluidValue> ProcessAsync(FluidValue input, FilterArguments arguments, LiquidTemplateContext context) =>
        input.ToObjectValue() is ContentItem item && await served.FindAsync(item.GetOrCreate<TorrentPart>()) is { } torrent
            ? new StringValue(torrent.Magnet)
            : NilValue.Instance;
}
