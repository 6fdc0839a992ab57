using OrchardCore.DisplayManagement;
using OrchardTracker.MediaTorrent.Services;
using Shortcodes;

namespace OrchardTracker.MediaTorrent.Shortcodes;

/// <summary><c>[torrent]path[/torrent]</c>: file, torrent and magnet link of a media file, for whoever may have them.</summary>
public sealed class TorrentShortcodeProvider(MediaOffers offers, IShapeFactory shapes, IDisplayHelper display) : IShortcodeProvider
{
    public const string Name = "torrent";

    public async ValueTask<string> EvaluateAsync(string identifier, global::Shortcodes.Arguments arguments, string content, Context context)
    {
        if (!string.Equals(identifier, Name, StringComparison.OrdinalIgnoreCase))
        {
            return null!;
        }

        var path = string.IsNullOrEmpty(content) ? arguments.NamedOrDefault("src") : content;
        if (string.IsNullOrEmpty(path) || await offers.FindAsync(path) is not { } offer)
        {
            return "";
        }

        var shape = await shapes.CreateAsync("MediaTorrentOffer", OrchardCore.DisplayManagement.Arguments.From(new { Offer = offer }));
        var html = await display.ShapeExecuteAsync(shape);
        await using var writer = new StringWriter();
        html.WriteTo(writer, System.Text.Encodings.Web.HtmlEncoder.Default);
        return writer.ToString();
    }
}
