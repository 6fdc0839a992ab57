using OrchardCore.DisplayManagement;

namespace OrchardTracker.Torrents.Services;

/// <summary>Says of shapes where they stand.</summary>
internal static class ShapePlaces
{
    /// <summary>Lets a theme have a shape of its own for a place, as <c>TorrentTable__Widget</c>.</summary>
    public static TShape At<TShape>(this TShape shape, string place)
        where TShape : IShape
    {
        shape.Metadata.Alternates.Add($"{shape.Metadata.Type}__{place}");
        return shape;
    }
}
