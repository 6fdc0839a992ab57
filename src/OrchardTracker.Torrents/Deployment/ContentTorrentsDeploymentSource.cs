using System.Text.Json.Nodes;
using OrchardCore.Deployment;
using OrchardTracker.Torrents.Models;

namespace OrchardTracker.Torrents.Deployment;

/// <summary>
/// Lets .torrent files travel with their content items, whichever step exports these: all content, some types, the result of
/// a query, a single item. It looks at what the sources before it have added to the package.
/// </summary>
public sealed class ContentTorrentsDeploymentSource(TorrentFilesExport export) : IDeploymentSource
{
    private readonly HashSet<JsonObject> _done = [];

    public async Task ProcessDeploymentStepAsync(DeploymentStep deploymentStep, DeploymentPlanResult result)
    {
        foreach (var hash in ItemsOf(result).Where(_done.Add).Select(HashOf).OfType<string>().ToList())
        {
            await export.AddAsync(result, hash);
        }
    }

    private static IEnumerable<JsonObject> ItemsOf(DeploymentPlanResult result) => result.Steps
        .Where(step => string.Equals(TextOf(step["name"]), "content", StringComparison.OrdinalIgnoreCase))
        .SelectMany(step => (step["data"] ?? step["Data"]) as JsonArray ?? [])
        .OfType<JsonObject>();

    private static string? HashOf(JsonObject item) => TextOf((item[nameof(TorrentPart)] as JsonObject)?[nameof(TorrentPart.InfoHash)]);

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
