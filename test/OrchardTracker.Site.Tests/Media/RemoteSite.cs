using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>A site whose media are in a remote store.</summary>
public sealed class RemoteSite : ClientSite
{
    internal StoreFaults Faults { get; } = new();

    protected override SiteOptions Options => RemoteMedia.Options(Faults);
}
