using OrchardCore;
using OrchardCore.Deployment;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Views;

namespace OrchardTracker.Torrents.Deployment;

public sealed class TorrentFilesDeploymentStepDriver : DisplayDriver<DeploymentStep, TorrentFilesDeploymentStep>
{
    public override Task<IDisplayResult?> DisplayAsync(TorrentFilesDeploymentStep step, BuildDisplayContext context) => CombineAsync(
        View("TorrentFilesDeploymentStep_Summary", step).Location(OrchardCoreConstants.DisplayType.Summary, "Content"),
        View("TorrentFilesDeploymentStep_Thumbnail", step).Location("Thumbnail", "Content"))!;

    public override IDisplayResult Edit(TorrentFilesDeploymentStep step, BuildEditorContext context) =>
        View("TorrentFilesDeploymentStep_Edit", step).Location("Content");
}
