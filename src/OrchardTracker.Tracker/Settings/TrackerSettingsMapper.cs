using OrchardTracker.Frontends;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Accounts;
using OrchardTracker.Tracker.Lists;
using OrchardTracker.Tracker.Ports;

namespace OrchardTracker.Tracker.Settings;

/// <summary>Makes of stored settings the values by which the engine and its front-ends go.</summary>
internal static class TrackerSettingsMapper
{
    /// <param name="settings">Without faults: see <see cref="TrackerSettingsRules"/>.</param>
    public static TrackerSettings ToEngine(TrackerSiteSettings settings, ActiveBans bans) => new()
    {
        Mode = settings.Mode,
        Interval = TimeSpan.FromSeconds(settings.Interval),
        MinInterval = TimeSpan.FromSeconds(settings.MinInterval),
        IntervalJitter = settings.IntervalJitter / 100.0,
        DefaultWanted = settings.DefaultWanted,
        MaxWanted = settings.MaxWanted,
        TellsExternalAddress = settings.TellsExternalAddress,
        Rate = settings.HasRateLimit ? new RateLimit(settings.RatePerMinute, settings.RateBurst) : null,
        AllowsScrape = settings.AllowsScrape,
        AllowsFullScrape = settings.AllowsFullScrape,
        MaxScrapeHashes = settings.MaxScrapeHashes,
        Clients = new ClientRules(settings.AllowedClients, settings.DeniedClients.Concat(bans.Clients)),
        Bans = bans.Addresses,
        Limits = new StoreLimits
        {
            MaxSwarms = settings.MaxSwarms,
            MaxPeers = settings.MaxPeers,
            MaxPeersPerUser = settings.MaxPeersPerUser,
            PeerLifetime = TimeSpan.FromSeconds(settings.PeerLifetime),
        },
    };

    /// <param name="settings">Without faults.</param>
    public static HttpTrackerOptions ToHttp(TrackerSiteSettings settings) => new()
    {
        AnnouncePath = settings.AnnouncePath,
        ScrapePath = settings.ScrapePath,
        TrustedProxies = [.. settings.TrustedProxies.Select(text => NetworkText.TryParse(text, out var network) ? network : throw new ArgumentException("The settings were not checked.", nameof(settings)))],
        ForwardedForHeader = settings.ForwardedForHeader,
    };

    /// <param name="settings">Without faults.</param>
    public static PortSettings ToPorts(TrackerSiteSettings settings) => new(
        settings.PortAddress.Length == 0 ? null : System.Net.IPAddress.Parse(settings.PortAddress), settings.HttpPort, settings.UdpPort);

    /// <param name="settings">Without faults.</param>
    public static AccountRules ToAccounts(TrackerSiteSettings settings) => new(
        settings.MinimumRatio, (long)settings.RatioGraceGigabytes << 30, settings.AccountDays, settings.AddressDays);
}
