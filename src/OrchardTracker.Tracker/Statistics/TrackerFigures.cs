using System.Text;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Ports;
using OrchardTracker.Tracker.Services;

namespace OrchardTracker.Tracker.Statistics;

/// <summary>The numbers of a tracker at this moment, for the dashboard and the widget. Reads memory only.</summary>
internal sealed class TrackerFigures(SiteTracker tracker, PortTexts portTexts)
{
    public FiguresViewModel Read(bool isDetailed)
    {
        var tenant = tracker.Tenant;
        var counters = tenant.Engine.Counters;
        var samples = tenant.History.Read();
        var last = samples.Count > 0 ? samples[^1] : default;
        return new FiguresViewModel
        {
            IsActive = tenant.IsActive,
            Mode = tracker.Mode,
            Totals = tenant.Totals.Get(),
            AnnouncesPerSecond = last.Announces,
            FailuresPerSecond = last.Failures,
            Announces = counters.Read(TrackerCounter.Announces4) + counters.Read(TrackerCounter.Announces6),
            Scrapes = counters.Read(TrackerCounter.Scrapes),
            Completed = counters.Read(TrackerCounter.Completed),
            OverHttp = counters.Read(TrackerCounter.OverHttp),
            OverUdp = counters.Read(TrackerCounter.OverUdp),
            UdpPort = tenant.Ports.Open.Udp,
            HttpPort = tenant.Ports.Open.Http,
            PortFaults = [.. tenant.Ports.Faults.Select(fault => portTexts.Of(fault).Value)],
            StartedAt = tenant.Engine.StartedAt,
            Users = tenant.Engine.Passkeys.Count,
            AccountsWaiting = tenant.Ledger.Count,
            AccountsFail = tenant.AccountsFail,
            Samples = samples,
            Failures = isDetailed ? ReadFailures(counters) : [],
            Survey = isDetailed ? tenant.Survey.Get() : null,
        };
    }

    private static List<(string Text, long Count)> ReadFailures(TrackerCounters counters) =>
    [
        .. Enum.GetValues<Failure>()
            .Where(failure => failure != Failure.None)
            .Select(failure => (Encoding.UTF8.GetString(FailureTexts.Of(failure)), counters.Read(failure)))
            .Where(entry => entry.Item2 > 0)
            .OrderByDescending(entry => entry.Item2),
    ];
}
