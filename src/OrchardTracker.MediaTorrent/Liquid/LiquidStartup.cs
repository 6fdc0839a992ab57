using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Liquid;
using OrchardCore.Modules;

namespace OrchardTracker.MediaTorrent.Liquid;

[RequireFeatures("OrchardCore.Liquid")]
public sealed class LiquidStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services) => services
        .AddLiquidFilter<TorrentUrlFilter>("torrent_url")
        .AddLiquidFilter<MagnetFilter>("magnet")
        .AddLiquidFilter<TorrentStatsFilter>("torrent_stats");
}
