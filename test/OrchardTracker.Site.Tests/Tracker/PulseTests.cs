using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Tracker.Ports;
using OrchardTracker.Tracker.Services;
using FreePort = OrchardTracker.Interop.Tests.Node.FreePort;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>What a tracker does by itself, and what becomes of it when a part of that fails.</summary>
public sealed class PulseTests
{
    [Fact]
    public async Task Should_go_on_and_lose_nothing_whatever_fails_meanwhile_and_at_the_end()
    {
        var site = await TestSite.StartAsync();
        await site.SetTrackerAsync(("Mode", "Private"));
        var hash = Announcer.NewHash();
        await site.ServeAsync(hash);
        var id = await site.AddUserAsync("anna");
        var at = await site.AnnouncePathOfAsync("anna");
        var tenant = await site.InTenantAsync(services => Task.FromResult(services.GetRequiredService<SiteTracker>().Tenant));
        string folder;
        try
        {
            // Ports can neither be opened nor closed without a word.
            tenant.Ports.LoggerFactory = new BrokenLoggers();
            var settings = tenant.Settings.Clone();
            (settings.PortAddress, settings.UdpPort) = ("127.0.0.1", FreePort.Next());
            tenant.Apply(settings);
            await Eventually.HoldsAsync(() => Told("fails at opening and closing ports"));

            using var client = site.CreateClient();
            await client.AnnounceAsync(hash, 1001, extra: "&event=started", at: at);
            await client.AnnounceAsync(hash, 1001, at: at, uploaded: 12);
            await site.AccountBecomesAsync(id, sums => sums.Uploaded == 12);
            await client.AnnounceAsync(hash, 1001, at: at, uploaded: 20);
            folder = await site.StopAsync();
            Assert.True(Told("did not end as it should"), site.Log.ToString());
        }
        finally
        {
            tenant.Ports.LoggerFactory = NullLoggerFactory.Instance;
            tenant.IsActive = false;
            await tenant.ApplyPortsAsync();
        }

        await using var again = await TestSite.StartAsync(new SiteOptions { Folder = folder });
        Assert.Equal(20, (await again.FindAccountAsync(id))!.Sums.Uploaded);
        await again.ServeAsync(hash);
        using var later = again.CreateClient();
        Assert.Equal((1, 1), await later.AnnounceAsync(hash, 1002, left: 0, at: at));

        bool Told(string what) => site.Log.Lines.Any(line => line.Contains(what, StringComparison.Ordinal));
    }

    private sealed class BrokenLoggers : ILoggerFactory
    {
        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => categoryName == typeof(TenantPorts).FullName
            ? throw new InvalidOperationException("There is no paper left.")
            : NullLogger.Instance;

        public void Dispose()
        {
        }
    }
}
