using System.Text.Json.Nodes;
using OrchardCore.Deployment;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Settings;

namespace OrchardTracker.MediaTorrent.Deployment;

/// <summary>
/// Lets what was decided about files travel with them, so that a hidden original is hidden where it is imported, whatever the
/// rules there are. It looks at which files the sources before it have added to the package.
/// </summary>
internal sealed class MediaDecisionsDeploymentSource(MediaEntryStore entries, MediaRules rules, HiddenOriginals hidden) : IDeploymentSource
{
    private const int PathsAtOnce = 200;

    private readonly HashSet<JsonObject> _done = [];

    public async Task ProcessDeploymentStepAsync(DeploymentStep deploymentStep, DeploymentPlanResult result)
    {
        List<JsonObject> decisions = [];
        foreach (var step in result.Steps.Where(step => IsOfMedia(step) && _done.Add(step)).ToList())
        {
            decisions.AddRange(await FindAsync(PathsOf(step)));
        }

        if (decisions.Count > 0)
        {
            result.Steps.Add(new JsonObject { ["name"] = MediaDecisionsStep.Id, ["Files"] = new JsonArray([.. decisions]) });
        }
    }

    private async Task<IReadOnlyList<JsonObject>> FindAsync(IReadOnlySet<string> paths)
    {
        HashSet<string> open = [.. paths];
        Dictionary<string, MediaOverride> decisions = [];
        foreach (var some in paths.SelectMany(MediaPaths.FoldersOf).Distinct().Concat(paths).Chunk(PathsAtOnce))
        {
            foreach (var entry in await entries.FindByPathsAsync(some))
            {
                var isTorrentOnly = (await rules.DecideAsync(entry)).Choices.IsTorrentOnly || (!entry.IsFolder && hidden.Exists(entry.Path));
                decisions[entry.Path] = entry.Override with { IsTorrentOnly = isTorrentOnly ? true : entry.Override.IsTorrentOnly };
                open.Remove(entry.Path);
                if (entry.IsFolder)
                {
                    open.RemoveWhere(path => path.StartsWith(entry.Path + "/", StringComparison.Ordinal));
                }
            }
        }

        // Hidden, and no torrent is made of it.
        foreach (var path in open.Where(hidden.Exists))
        {
            decisions[path] = new MediaOverride(Make: false, IsTorrentOnly: true);
        }

        return [.. decisions.Where(decision => decision.Value != new MediaOverride()).OrderBy(decision => decision.Key, StringComparer.Ordinal).Select(decision => MediaDecisionJson.Write(decision.Key, decision.Value))];
    }

    private static bool IsOfMedia(JsonObject step) => string.Equals(MediaDecisionJson.TextOf(step["name"]), "media", StringComparison.OrdinalIgnoreCase);

    private static HashSet<string> PathsOf(JsonObject step) =>
        [.. ((step["Files"] as JsonArray) ?? []).OfType<JsonObject>().Select(file => MediaPaths.Normalize(MediaDecisionJson.TextOf(file["TargetPath"]))).Where(path => path.Length > 0)];
}
