using Fluid;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Liquid;
using OrchardCore.Modules;
using OrchardTracker.Torrents.Counting;
using OrchardTracker.Torrents.Models;

namespace OrchardTracker.Torrents.Liquid;

[Feature(TorrentFeatures.Torrents)]
[RequireFeatures("OrchardCore.Liquid")]
public sealed class LiquidStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.Configure<TemplateOptions>(options =>
        {
            // Fluid cannot read the properties of a struct by itself.
            options.MemberAccessStrategy.Register<TorrentCounts, object?>((counts, name) => name switch
            {
                nameof(TorrentCounts.Seeders) => counts.Seeders,
                nameof(TorrentCounts.Leechers) => counts.Leechers,
                nameof(TorrentCounts.Completed) => counts.Completed,
                _ => null,
            });
            options.MemberAccessStrategy.Register<TorrentPart>();
        });
        services.AddLiquidFilter<TorrentSizeFilter>("torrent_size");
        services.AddLiquidFilter<TorrentCountsFilter>("torrent_counts");
        services.AddLiquidFilter<TorrentListFilter>("torrents");
        services.AddLiquidFilter<TorrentMagnetFilter>("torrent_magnet");
    }
}
