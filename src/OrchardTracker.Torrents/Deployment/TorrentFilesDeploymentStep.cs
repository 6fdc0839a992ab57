using Microsoft.Extensions.Localization;
using OrchardCore.Deployment;

namespace OrchardTracker.Torrents.Deployment;

/// <summary>Adds the .torrent files of all torrents to a plan, for the content items that another step exports.</summary>
public class TorrentFilesDeploymentStep : DeploymentStep
{
    public TorrentFilesDeploymentStep() => Name = TorrentFilesStep.Id;

    public TorrentFilesDeploymentStep(IStringLocalizer<TorrentFilesDeploymentStep> S)
        : this() => Category = S["Content Management"];
}
