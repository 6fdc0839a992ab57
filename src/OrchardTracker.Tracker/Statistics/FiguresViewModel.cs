using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Services;

namespace OrchardTracker.Tracker.Statistics;

/// <summary>The numbers of a tracker at a moment. Counts are since the start of the process.</summary>
public class FiguresViewModel
{
    public bool IsActive { get; init; }

    public TrackerMode Mode { get; init; }

    public StoreTotals Totals { get; init; }

    public double AnnouncesPerSecond { get; init; }

    public double FailuresPerSecond { get; init; }

    public long Announces { get; init; }

    public long Scrapes { get; init; }

    public long Completed { get; init; }

    public long OverHttp { get; init; }

    public long OverUdp { get; init; }

    /// <summary>0 when none is open.</summary>
    public int UdpPort { get; init; }

    /// <summary>0 when none is open.</summary>
    public int HttpPort { get; init; }

    public IReadOnlyList<string> PortFaults { get; init; } = [];

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Users who have a passkey.</summary>
    public int Users { get; init; }

    public int AccountsWaiting { get; init; }

    /// <summary>Whether accounts cannot be written at the moment.</summary>
    public bool AccountsFail { get; init; }

    public IReadOnlyList<TrackerSample> Samples { get; init; } = [];

    /// <summary>Refused requests, by what clients were told.</summary>
    public IReadOnlyList<(string Text, long Count)> Failures { get; init; } = [];

    public SurveyResult? Survey { get; init; }

    public IReadOnlyDictionary<InfoHash, TorrentName> Names { get; set; } = new Dictionary<InfoHash, TorrentName>();
}
