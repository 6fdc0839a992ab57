using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>A site whose media are read as fast as a test wants, with a content type that offers them.</summary>
public sealed class PacedSite : SiteFixture
{
    internal StoreFaults Faults { get; } = new();

    protected override SiteOptions Options => RemoteMedia.Options(Faults);
}
