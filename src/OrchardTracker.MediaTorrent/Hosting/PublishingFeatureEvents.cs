using OrchardCore.Environment.Extensions.Features;
using OrchardCore.Environment.Shell;

namespace OrchardTracker.MediaTorrent.Hosting;

/// <summary>Ends the background work when the feature is switched off.</summary>
public sealed class PublishingFeatureEvents(TenantPublishing publishing) : FeatureEventHandler
{
    public override Task DisabledAsync(IFeatureInfo feature) =>
        feature.Id == MediaTorrentFeatures.MediaTorrent ? publishing.StopAsync() : Task.CompletedTask;
}
