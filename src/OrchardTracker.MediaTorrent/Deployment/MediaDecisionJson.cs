using System.Text.Json.Nodes;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Settings;

namespace OrchardTracker.MediaTorrent.Deployment;

/// <summary>How what was decided about a file or folder stands in a recipe: its path, and what differs from the rules.</summary>
internal static class MediaDecisionJson
{
    private const string Path = "Path";

    public static JsonObject Write(string path, MediaOverride decided)
    {
        var file = new JsonObject { [Path] = path };
        Write(file, nameof(MediaOverride.Make), decided.Make);
        Write(file, nameof(MediaOverride.IsTorrentOnly), decided.IsTorrentOnly);
        Write(file, nameof(MediaOverride.IsListed), decided.IsListed);
        return file;
    }

    /// <returns>What is no text or no flag is as if it were not there: the path is then empty.</returns>
    public static (string Path, MediaOverride Decided) Read(JsonObject file) => (
        MediaPaths.Normalize(TextOf(file[Path])),
        new MediaOverride(FlagOf(file[nameof(MediaOverride.Make)]), FlagOf(file[nameof(MediaOverride.IsTorrentOnly)]), FlagOf(file[nameof(MediaOverride.IsListed)])));

    public static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static bool? FlagOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    private static void Write(JsonObject file, string name, bool? flag)
    {
        if (flag is { } decided)
        {
            file[name] = decided;
        }
    }
}
