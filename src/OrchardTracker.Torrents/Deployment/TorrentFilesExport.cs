using System.Text.Json.Nodes;
using OrchardCore.Deployment;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Torrents.Deployment;

/// <summary>Puts .torrent files into a package, each once, exactly as they are kept. One is in memory at a time. Scoped.</summary>
public sealed class TorrentFilesExport(ITorrentStore store)
{
    private readonly Dictionary<DeploymentPlanResult, (HashSet<string> Seen, JsonArray Files)> _packages = [];

    /// <param name="infoHash">As the content item has it. What is no hash, or that of a torrent that is not kept, adds nothing.</param>
    public async Task AddAsync(DeploymentPlanResult result, string infoHash)
    {
        var (seen, files) = PackageOf(result);
        if (seen.Add(infoHash) && InfoHash.TryParseHex(infoHash, out var hash) && await store.FindAsync(hash) is { } metainfo)
        {
            var path = $"torrents/{hash}.torrent";
            await result.FileBuilder.SetFileAsync(path, metainfo.Bytes.ToArray());
            if (files.Count == 0)
            {
                result.Steps.Add(new JsonObject { ["name"] = TorrentFilesStep.Id, ["Files"] = files });
            }

            files.Add(path);
        }
    }

    private (HashSet<string> Seen, JsonArray Files) PackageOf(DeploymentPlanResult result)
    {
        if (!_packages.TryGetValue(result, out var package))
        {
            package = ([], []);
            _packages.Add(result, package);
        }

        return package;
    }
}
