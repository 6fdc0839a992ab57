using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrchardTracker.Frontends;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Tracker.Services;
using FreePort = OrchardTracker.Interop.Tests.Node.FreePort;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>What machines that watch a site are told.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task Should_tell_whether_it_is_well_and_what_is_wrong()
    {
        await using var site = await TestSite.StartAsync();
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
        using var client = site.CreateClient();
        Assert.Equal("Healthy", await client.GetStringAsync("health/live", TestContext.Current.CancellationToken));

        var port = FreePort.Next();
        await site.SetTrackerAsync(("PortAddress", "127.0.0.1"), ("UdpPort", port.ToString()));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);

        // As after a start where somebody else was quicker.
        UdpClient? taken = null;
        await Eventually.HoldsAsync(async () =>
        {
            await site.InTenantAsync(services => services.GetRequiredService<SiteTracker>().Tenant.Ports.ReconcileAsync(() => new(IPAddress.Loopback, 0, 0)));
            try
            {
                taken = new UdpClient(new IPEndPoint(IPAddress.Loopback, port));
                return true;
            }
            catch (SocketException)
            {
                // The tracker was quicker to open it again.
                return false;
            }
        });
        using (taken)
        {
            await Eventually.HoldsAsync(async () => (await CheckAsync()).Status == HealthStatus.Degraded);
            Assert.Contains($"Udp port {port}", (await CheckAsync()).Description, StringComparison.Ordinal);
        }

        await Eventually.HoldsAsync(async () => (await CheckAsync()).Status == HealthStatus.Healthy);
        await site.InTenantAsync(services =>
        {
            services.GetRequiredService<SiteTracker>().Tenant.IsActive = false;
            return Task.CompletedTask;
        });
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync()).Status);

        Task<HealthReportEntry> CheckAsync() => site.InTenantAsync(async services =>
            (await services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["BitTorrent tracker"]);
    }

    [Fact]
    public async Task Should_count_for_each_tenant_in_instruments_that_end_with_it()
    {
        ConcurrentDictionary<string, long> announces = new();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == TrackerMeter.Name && instrument.Name == "orchardtracker.announces")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            var tenant = (string)instrument.Meter.Tags!.Single(tag => tag.Key == "orchardtracker.tenant").Value!;
            announces.AddOrUpdate(tenant, value, (_, sum) => sum + value);
        });
        listener.Start();
        var name = $"Counted{Guid.NewGuid():N}";
        var site = await TestSite.StartAsync();
        await site.AddTenantAsync(name, "counted");
        using (var client = site.CreateClient("counted"))
        {
            await client.AnnounceAsync(Announcer.NewHash(), 1001);
            await client.AnnounceAsync(Announcer.NewHash(), 1001);
        }

        listener.RecordObservableInstruments();
        Assert.Equal(2, announces[name]);

        await site.DisposeAsync();
        announces.Clear();
        listener.RecordObservableInstruments();
        Assert.False(announces.ContainsKey(name));
    }
}
