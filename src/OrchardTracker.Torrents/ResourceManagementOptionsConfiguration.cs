using Microsoft.Extensions.Options;
using OrchardCore.ResourceManagement;

namespace OrchardTracker.Torrents;

public sealed class ResourceManagementOptionsConfiguration : IConfigureOptions<ResourceManagementOptions>
{
    private static readonly ResourceManifest Manifest = MakeManifest();

    public void Configure(ResourceManagementOptions options) => options.ResourceManifests.Add(Manifest);

    private static ResourceManifest MakeManifest()
    {
        var manifest = new ResourceManifest();
        manifest.DefineStyle("orchardtracker-torrents").SetUrl("~/OrchardTracker.Torrents/torrents.css").SetVersion("1.0.0");
        manifest.DefineScript("orchardtracker-torrents").SetUrl("~/OrchardTracker.Torrents/torrents.js").SetVersion("1.0.0");
        manifest.DefineScript("orchardtracker-torrents-admin").SetUrl("~/OrchardTracker.Torrents/torrents-admin.js").SetVersion("1.0.0");
        return manifest;
    }
}
