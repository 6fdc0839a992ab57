using System.Diagnostics.Metrics;
using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends;

/// <summary>
/// What an engine counts, as instruments of System.Diagnostics.Metrics. All of them are observed: an announce costs
/// nothing more when somebody looks, and nothing when nobody does.
/// </summary>
public sealed class TrackerMeter : IDisposable
{
    /// <summary>The meter's name, for exporters.</summary>
    public const string Name = "OrchardTracker";

    /// <param name="tags">Of the meter, for example the tenant.</param>
    public TrackerMeter(TrackerEngine engine, TotalsCache totals, TimeProvider time, IEnumerable<KeyValuePair<string, object?>>? tags = null)
    {
        Meter = new Meter(Name, typeof(TrackerMeter).Assembly.GetName().Version?.ToString(3), tags);
        AddCounters(engine.Counters);
        Meter.CreateObservableGauge("orchardtracker.swarms", () => totals.Get().Swarms, "{swarm}", "Torrents that have a swarm, or had one not long ago.");
        Meter.CreateObservableGauge("orchardtracker.peers", () => totals.Get().Peers, "{peer}", "Entries in all peer lists.");
        Meter.CreateObservableGauge("orchardtracker.seeders", () => totals.Get().Seeders, "{peer}", "Clients that have everything.");
        Meter.CreateObservableGauge("orchardtracker.leechers", () => totals.Get().Leechers, "{peer}", "Clients that do not have everything.");
        Meter.CreateObservableGauge("orchardtracker.swarms.memory", () => totals.Get().Bytes, "By", "Memory that swarms and peers take.");
        Meter.CreateObservableGauge(
            "orchardtracker.uptime", () => (time.GetUtcNow() - engine.StartedAt).TotalSeconds, "s", "Time since the tracker started.");
    }

    public Meter Meter { get; }

    public void Dispose() => Meter.Dispose();

    private void AddCounters(TrackerCounters counters)
    {
        Meter.CreateObservableCounter(
            "orchardtracker.announces",
            () => new Measurement<long>[]
            {
                new(counters.Read(TrackerCounter.Announces4), new KeyValuePair<string, object?>("network.type", "ipv4")),
                new(counters.Read(TrackerCounter.Announces6), new KeyValuePair<string, object?>("network.type", "ipv6")),
            },
            "{announce}",
            "Announces, served or refused.");
        Meter.CreateObservableCounter(
            "orchardtracker.requests",
            () => new Measurement<long>[]
            {
                new(counters.Read(TrackerCounter.OverHttp), new KeyValuePair<string, object?>("network.protocol.name", "http")),
                new(counters.Read(TrackerCounter.OverUdp), new KeyValuePair<string, object?>("network.protocol.name", "udp")),
            },
            "{request}",
            "Announces and scrapes by the way they came.");
        Add("orchardtracker.scrapes", TrackerCounter.Scrapes, "{scrape}", "Scrapes, served or refused.");
        Add("orchardtracker.throttled", TrackerCounter.Throttled, "{announce}", "Announces answered without peers because the address announced too often.");
        Add("orchardtracker.completed", TrackerCounter.Completed, "{download}", "Downloads that became complete.");
        Add("orchardtracker.peers.given", TrackerCounter.PeersGiven, "{peer}", "Addresses handed out.");
        Add("orchardtracker.udp.connects", TrackerCounter.Connects, "{request}", "UDP connection ids handed out.");
        Add("orchardtracker.udp.dropped", TrackerCounter.Dropped, "{datagram}", "Datagrams left unanswered because they are none of the protocol.");
        Meter.CreateObservableCounter(
            "orchardtracker.failures",
            () => Enum.GetValues<Failure>().Where(failure => failure != Failure.None)
                .Select(failure => new Measurement<long>(counters.Read(failure), new KeyValuePair<string, object?>("reason", failure.ToString()))),
            "{request}",
            "Requests that were refused, by reason.");

        void Add(string name, TrackerCounter counter, string unit, string description) =>
            Meter.CreateObservableCounter(name, () => counters.Read(counter), unit, description);
    }
}
