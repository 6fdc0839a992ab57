using System.Net;
using System.Net.Sockets;
using OrchardTracker.Frontends;
using OrchardTracker.Swarms;

namespace OrchardTracker.Node;

/// <summary>Answers over UDP on the port that HTTP has.</summary>
internal sealed class UdpService(TrackerEngine engine, NodeSettings settings, ListeningPort port, TimeProvider time, ILogger<UdpTracker> logger)
    : IHostedLifecycleService, IDisposable
{
    private readonly List<UdpTracker> _trackers = [];

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // After the web server: a port that the system chose is known then.
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!settings.Tracker.Udp.IsEnabled)
        {
            return Task.CompletedTask;
        }

        foreach (var address in settings.Tracker.Addresses)
        {
            var endPoint = new IPEndPoint(address.IP ?? (Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any), port.Value);
            try
            {
                var options = new UdpTrackerOptions { EndPoint = endPoint, Sockets = settings.Tracker.Udp.Sockets, Logger = logger };
                _trackers.Add(new UdpTracker(engine, options, time));
            }
            catch (SocketException error)
            {
                throw new SettingsException([PortFault.Describe("UDP", endPoint, error.SocketErrorCode, error.Message)]);
            }
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A host that could not start is only disposed.
    public void Dispose()
    {
        _trackers.ForEach(tracker => tracker.Dispose());
        _trackers.Clear();
    }
}
