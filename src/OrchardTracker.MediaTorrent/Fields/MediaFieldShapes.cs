using OrchardCore.ContentManagement.Metadata.Models;
using OrchardCore.DisplayManagement.Descriptors;
using OrchardCore.Media.Fields;

namespace OrchardTracker.MediaTorrent.Fields;

/// <summary>
/// Has a media field that offers its files as torrents shown by <c>MediaField-Torrents</c>, unless a theme has a template of
/// its own for the field.
/// </summary>
public sealed class MediaFieldShapes : ShapeTableProvider
{
    private const string Alternate = "MediaField__Torrents";

    public override ValueTask DiscoverAsync(ShapeTableBuilder builder)
    {
        builder.Describe(nameof(MediaField)).OnDisplaying(context =>
        {
            // Its model is of the media module, which modules do not reference.
            if (context.Shape.GetType().GetProperty("PartFieldDefinition")?.GetValue(context.Shape) is ContentPartFieldDefinition field
                && field.GetSettings<MediaFieldTorrentSettings>().OfferAsTorrent)
            {
                // Those of the type and the field come behind it, and of all that exist the last one counts.
                context.Shape.Metadata.Alternates.Add(Alternate);
            }
        });
        return ValueTask.CompletedTask;
    }
}
