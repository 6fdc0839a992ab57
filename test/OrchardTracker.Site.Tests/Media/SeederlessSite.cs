namespace OrchardTracker.Site.Tests.Media;

/// <summary>A site whose seeder is off: clients have its web seeds alone.</summary>
public sealed class SeederlessSite : ClientSite
{
    protected override int SeederPort => 0;
}
