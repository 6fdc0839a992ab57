using System.Text.Json.Serialization;
using OrchardTracker.Swarms;

namespace OrchardTracker.Tracker.Settings;

/// <summary>
/// How the tracker of a site behaves, as it is stored with the site's settings, edited, exported and imported. Times are in
/// seconds. <see cref="TrackerSettingsRules"/> says what may stand here.
/// </summary>
[JsonConverter(typeof(TrackerSiteSettingsConverter))]
public sealed class TrackerSiteSettings
{
    public TrackerMode Mode { get; set; } = TrackerMode.Open;

    public int Interval { get; set; } = 1800;

    public int MinInterval { get; set; } = 300;

    /// <summary>Percent of the interval.</summary>
    public int IntervalJitter { get; set; } = 10;

    public int PeerLifetime { get; set; } = 2700;

    public int DefaultWanted { get; set; } = 50;

    public int MaxWanted { get; set; } = 100;

    public bool TellsExternalAddress { get; set; } = true;

    public int MaxSwarms { get; set; } = 2_000_000;

    public int MaxPeers { get; set; } = 20_000_000;

    public int MaxPeersPerUser { get; set; } = 16;

    public bool HasRateLimit { get; set; } = true;

    public int RatePerMinute { get; set; } = 1200;

    public int RateBurst { get; set; } = 5000;

    public bool AllowsScrape { get; set; } = true;

    public bool AllowsFullScrape { get; set; }

    public int MaxScrapeHashes { get; set; } = 100;

    /// <summary>Addresses and networks (CIDR).</summary>
    public string[] TrustedProxies { get; set; } = [];

    public string ForwardedForHeader { get; set; } = "X-Forwarded-For";

    /// <summary>Beginnings of peer ids; with any of them, only these clients may announce.</summary>
    public string[] AllowedClients { get; set; } = [];

    public string[] DeniedClients { get; set; } = [];

    /// <summary>Uploads for each byte downloaded, below which no download may be started; 0 for no such rule.</summary>
    public decimal MinimumRatio { get; set; }

    /// <summary>Who has downloaded less may start downloads with any ratio.</summary>
    public int RatioGraceGigabytes { get; set; } = 5;

    /// <summary>Accounts with single torrents are erased when they were not used for so long; 0 keeps them.</summary>
    public int AccountDays { get; set; }

    /// <summary>The last address of each user is kept for so long; 0 keeps none.</summary>
    public int AddressDays { get; set; }

    /// <summary>A port of this tenant's own for announces over HTTP; 0 for none.</summary>
    public int HttpPort { get; set; }

    /// <summary>A port for announces over UDP; 0 for none.</summary>
    public int UdpPort { get; set; }

    /// <summary>On which address of the server these ports are opened; empty for all.</summary>
    public string PortAddress { get; set; } = "";

    public string AnnouncePath { get; set; } = "/announce";

    public string ScrapePath { get; set; } = "/scrape";

    /// <summary>What is other than before, for people: <c>Interval: 1800 → 900</c>.</summary>
    public IReadOnlyList<string> FindChanges(TrackerSiteSettings before) =>
    [
        .. typeof(TrackerSiteSettings).GetProperties()
            .Select(property => (property.Name, Before: Show(property.GetValue(before)), After: Show(property.GetValue(this))))
            .Where(property => property.Before != property.After)
            .Select(property => $"{property.Name}: {property.Before} → {property.After}"),
    ];

    public TrackerSiteSettings Clone() => (TrackerSiteSettings)MemberwiseClone();

    private static string Show(object? value) => value is string[] list ? string.Join(", ", list) : value?.ToString() ?? "";
}
