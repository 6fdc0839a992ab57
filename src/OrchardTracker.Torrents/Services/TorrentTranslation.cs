using System.Text.Json.Nodes;
using OrchardCore.ContentManagement;

namespace OrchardTracker.Torrents.Services;

/// <summary>Knows items that were made to be translated. A torrent has one item in all languages: see docs/decisions/0008.</summary>
internal static class TorrentTranslation
{
    /// <summary>Whether an item without a torrent shares a localization set with the one that it was made from.</summary>
    public static bool IsOne(ContentItem item)
    {
        JsonObject content = item.Content;
        return content["LocalizationPart"]?["LocalizationSet"]?.GetValue<string>() is { Length: > 0 };
    }
}
