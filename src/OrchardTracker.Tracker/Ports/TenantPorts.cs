using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrchardTracker.Frontends;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Hosting;

namespace OrchardTracker.Tracker.Ports;

/// <summary>
/// The ports that belong to one tenant. They live as long as its tracker: a release of its shell closes none. Thread-safe.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore that is only awaited holds nothing; the ports are closed by asking for none.")]
internal sealed partial class TenantPorts(HttpTracker http, TrackerEngine engine, TimeProvider time)
{
    private readonly SemaphoreSlim _changing = new(1);
    private HttpPort? _httpPort;
    private UdpTracker? _udpPort;
    private PortSettings? _reached = PortSettings.None;
    private volatile PortSettings _open = PortSettings.None;
    private volatile IReadOnlyList<PortFault> _faults = [];

    /// <summary>Where the ports' troubles are told.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>What is open: 0 for a port that is wanted and cannot be had.</summary>
    public PortSettings Open => _open;

    /// <summary>What is wanted and cannot be had.</summary>
    public IReadOnlyList<PortFault> Faults => _faults;

    /// <summary>Whether a tracker of this process has a port.</summary>
    public static bool IsOfATenant(PortKind kind, int port) =>
        TrackerRegistry.All.Any(tracker => (kind == PortKind.Http ? tracker.Ports.Open.Http : tracker.Ports.Open.Udp) == port);

    /// <summary>Whether some ports could be had; those that are open already can.</summary>
    public IReadOnlyList<PortFault> Probe(PortSettings settings)
    {
        List<PortFault> faults = [];
        var open = _open;
        if (settings.Address is { } address && !address.Equals(open.Address) && PortProbe.Find(PortKind.Udp, new IPEndPoint(address, 0)) is { } addressFault)
        {
            return [addressFault];
        }

        if (settings.Http != 0 && settings.Http != open.Http && PortProbe.Find(PortKind.Http, settings.EndPoint(settings.Http)) is { } httpFault)
        {
            faults.Add(httpFault);
        }

        if (settings.Udp != 0 && settings.Udp != open.Udp && PortProbe.Find(PortKind.Udp, settings.EndPoint(settings.Udp)) is { } udpFault)
        {
            faults.Add(udpFault);
        }

        return faults;
    }

    /// <summary>
    /// Opens and closes until what is open is what is wanted. A port that stays is not touched; one that cannot be had is
    /// tried again with each call.
    /// </summary>
    /// <param name="getWanted">Asked when nobody else opens or closes: who has waited goes by what is wanted by then.</param>
    public async Task ReconcileAsync(Func<PortSettings> getWanted)
    {
        await _changing.WaitAsync();
        try
        {
            var wanted = getWanted();
            if (wanted == _reached && _faults.Count == 0)
            {
                return;
            }

            // Until it is done: who comes after a fault begins where that left off.
            _reached = null;

            // First closed, then opened: the two may change places.
            var moved = !Equals(wanted.Address, _open.Address);
            await CloseAsync(http: moved || wanted.Http != _open.Http, udp: moved || wanted.Udp != _open.Udp);
            List<PortFault> faults = [];
            await OpenAsync(wanted, faults);
            foreach (var fault in faults.Where(fault => !_faults.Contains(fault)))
            {
                LogFault(Logger, fault.Kind, fault.Port, fault.Trouble, fault.Detail);
            }

            _faults = faults;
            _reached = wanted;
        }
        finally
        {
            _changing.Release();
        }
    }

    private ILogger Logger => LoggerFactory.CreateLogger<TenantPorts>();

    private async Task CloseAsync(bool http, bool udp)
    {
        if (http && _httpPort is { } httpPort)
        {
            LogClosed(Logger, PortKind.Http, _open.Http);
            _open = _open with { Http = 0 };
            _httpPort = null;
            await httpPort.DisposeAsync();
        }

        if (udp && _udpPort is { } udpPort)
        {
            LogClosed(Logger, PortKind.Udp, _open.Udp);
            _open = _open with { Udp = 0 };
            _udpPort = null;

            // Waits for its threads.
            await Task.Run(udpPort.Dispose);
        }
    }

    private async Task OpenAsync(PortSettings wanted, List<PortFault> faults)
    {
        _open = _open with { Address = wanted.Address };
        if (wanted.Http != 0 && _httpPort is null)
        {
            try
            {
                _httpPort = await HttpPort.OpenAsync(http, wanted.EndPoint(wanted.Http), LoggerFactory);
                _open = _open with { Http = wanted.Http };
                LogOpened(Logger, PortKind.Http, wanted.Http);
            }
            catch (Exception error) when (error is IOException or SocketException)
            {
                faults.Add(PortFault.Of(PortKind.Http, wanted.Http, error));
            }
        }

        if (wanted.Udp != 0 && _udpPort is null)
        {
            try
            {
                _udpPort = new UdpTracker(engine, new UdpTrackerOptions { EndPoint = wanted.EndPoint(wanted.Udp), Logger = LoggerFactory.CreateLogger<UdpTracker>() }, time);
                _open = _open with { Udp = wanted.Udp };
                LogOpened(Logger, PortKind.Udp, wanted.Udp);
            }
            catch (SocketException error)
            {
                faults.Add(PortFault.Of(PortKind.Udp, wanted.Udp, error));
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "The tracker answers on {Kind} port {Port}.")]
    private static partial void LogOpened(ILogger logger, PortKind kind, int port);

    [LoggerMessage(LogLevel.Information, "The tracker has closed {Kind} port {Port}.")]
    private static partial void LogClosed(ILogger logger, PortKind kind, int port);

    [LoggerMessage(LogLevel.Error, "The tracker cannot have {Kind} port {Port} ({Trouble}: {Detail}). It tries again by itself; free the port, or choose another one at Settings, Tracker.")]
    private static partial void LogFault(ILogger logger, PortKind kind, int port, PortTrouble trouble, string detail);
}
