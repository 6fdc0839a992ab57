namespace OrchardTracker.Site.Tests.Hosting;

/// <summary>One site for all tests of a class or collection.</summary>
public class SiteFixture : IAsyncLifetime
{
    public TestSite Site { get; private set; } = null!;

    protected virtual SiteOptions Options => new();

    public virtual async ValueTask InitializeAsync() => Site = await TestSite.StartAsync(Options);

    public virtual async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
