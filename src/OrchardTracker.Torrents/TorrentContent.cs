using System.Text.Json.Nodes;
using OrchardCore.ContentManagement;

namespace OrchardTracker.Torrents;

/// <summary>The content type of torrents, and its parts that other modules own.</summary>
internal static class TorrentContent
{
    public const string Type = "Torrent";

    public static void SetTitle(ContentItem item, string title)
    {
        Set(item, "TitlePart", "Title", title);
        item.DisplayText = title;
    }

    public static void SetDescription(ContentItem item, string markdown) => Set(item, "MarkdownBodyPart", "Markdown", markdown);

    public static string? GetDescription(ContentItem item) => Get(item, "MarkdownBodyPart", "Markdown");

    private static string? Get(ContentItem item, string part, string property)
    {
        JsonObject data = item.Content;
        return data[part]?[property]?.GetValue<string>();
    }

    private static void Set(ContentItem item, string part, string property, string value) =>
        item.Merge(new JsonObject { [part] = new JsonObject { [property] = value } });
}
