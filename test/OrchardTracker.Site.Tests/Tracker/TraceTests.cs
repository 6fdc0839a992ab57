using System.Collections.Concurrent;
using System.Diagnostics;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>What whoever traces the requests of a site gets to know.</summary>
public sealed class TraceTests
{
    [Fact]
    public async Task Should_keep_passkeys_out_of_traces()
    {
        const string Passkey = "0123456789abcdef0123456789abcdef";
        ConcurrentQueue<string> tags = new();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,

            // As OpenTelemetry's instrumentation does when a request begins.
            ActivityStarted = activity => activity.SetTag("url.path", $"/{Passkey}/announce").SetTag("url.query", $"?passkey={Passkey}"),
            ActivityStopped = activity => tags.Enqueue(string.Join(' ', activity.TagObjects)),
        };
        ActivitySource.AddActivityListener(listener);
        await using var site = await TestSite.StartAsync();
        using var client = site.CreateClient();
        tags.Clear();

        await client.GetByteArrayAsync(Announcer.Path(Announcer.NewHash(), 1001, at: $"{Passkey}/announce"), TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => tags.Any(line => line.Contains("[url.path, /announce]", StringComparison.Ordinal)));

        Assert.DoesNotContain(tags.Where(line => line.Contains("[url.path, /announce]", StringComparison.Ordinal)), line => line.Contains(Passkey, StringComparison.Ordinal));
    }
}
