namespace OrchardTracker.Site.Tests.Media;

/// <summary>A site that gives two megabytes a second, so that a client is not done before others have come.</summary>
public sealed class SlowSeederSite : ClientSite
{
    protected override long SeederRate => 2 << 20;
}
