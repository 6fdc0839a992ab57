using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Modules;
using OrchardCore.Shortcodes;

namespace OrchardTracker.MediaTorrent.Shortcodes;

[RequireFeatures("OrchardCore.Shortcodes")]
public sealed class ShortcodesStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services) =>
        services.AddShortcode<TorrentShortcodeProvider>(TorrentShortcodeProvider.Name, describe =>
        {
            describe.DefaultValue = "[torrent] [/torrent]";
            describe.Hint = "Offer a file of the media library as a torrent.";
            describe.Usage = "[torrent]videos/film.mp4[/torrent]";
            describe.Categories = ["HTML Content", "Media"];
        });
}
