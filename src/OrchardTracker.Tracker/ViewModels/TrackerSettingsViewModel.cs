using Microsoft.AspNetCore.Mvc.ModelBinding;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Settings;

namespace OrchardTracker.Tracker.ViewModels;

/// <summary>The settings as the form has them: lists are lines of text.</summary>
public class TrackerSettingsViewModel
{
    public TrackerMode Mode { get; set; }

    public int Interval { get; set; }

    public int MinInterval { get; set; }

    public int IntervalJitter { get; set; }

    public int PeerLifetime { get; set; }

    public int DefaultWanted { get; set; }

    public int MaxWanted { get; set; }

    public bool TellsExternalAddress { get; set; }

    public int MaxSwarms { get; set; }

    public int MaxPeers { get; set; }

    public int MaxPeersPerUser { get; set; }

    public bool HasRateLimit { get; set; }

    public int RatePerMinute { get; set; }

    public int RateBurst { get; set; }

    public bool AllowsScrape { get; set; }

    public bool AllowsFullScrape { get; set; }

    public int MaxScrapeHashes { get; set; }

    public string? TrustedProxies { get; set; }

    public string? ForwardedForHeader { get; set; }

    public string? AllowedClients { get; set; }

    public string? DeniedClients { get; set; }

    public decimal MinimumRatio { get; set; }

    public int RatioGraceGigabytes { get; set; }

    public int AccountDays { get; set; }

    public int AddressDays { get; set; }

    public int HttpPort { get; set; }

    public int UdpPort { get; set; }

    public string? PortAddress { get; set; }

    public string? AnnouncePath { get; set; }

    public string? ScrapePath { get; set; }

    /// <summary>Prefixes that are allowed or denied now, with the programs whose they are.</summary>
    [BindNever]
    public IReadOnlyList<KeyValuePair<string, string>> ClientNames { get; set; } = [];

    /// <summary>What the tracker would take as the reader's own address.</summary>
    [BindNever]
    public string SeenAddress { get; set; } = "";

    /// <summary>Why ports that are asked for are not open.</summary>
    [BindNever]
    public IReadOnlyList<string> PortFaults { get; set; } = [];

    internal void Fill(TrackerSiteSettings settings)
    {
        Mode = settings.Mode;
        Interval = settings.Interval;
        MinInterval = settings.MinInterval;
        IntervalJitter = settings.IntervalJitter;
        PeerLifetime = settings.PeerLifetime;
        DefaultWanted = settings.DefaultWanted;
        MaxWanted = settings.MaxWanted;
        TellsExternalAddress = settings.TellsExternalAddress;
        MaxSwarms = settings.MaxSwarms;
        MaxPeers = settings.MaxPeers;
        MaxPeersPerUser = settings.MaxPeersPerUser;
        HasRateLimit = settings.HasRateLimit;
        RatePerMinute = settings.RatePerMinute;
        RateBurst = settings.RateBurst;
        AllowsScrape = settings.AllowsScrape;
        AllowsFullScrape = settings.AllowsFullScrape;
        MaxScrapeHashes = settings.MaxScrapeHashes;
        TrustedProxies = FormLines.Join(settings.TrustedProxies);
        ForwardedForHeader = settings.ForwardedForHeader;
        AllowedClients = FormLines.Join(settings.AllowedClients);
        DeniedClients = FormLines.Join(settings.DeniedClients);
        MinimumRatio = settings.MinimumRatio;
        RatioGraceGigabytes = settings.RatioGraceGigabytes;
        AccountDays = settings.AccountDays;
        AddressDays = settings.AddressDays;
        HttpPort = settings.HttpPort;
        UdpPort = settings.UdpPort;
        PortAddress = settings.PortAddress;
        AnnouncePath = settings.AnnouncePath;
        ScrapePath = settings.ScrapePath;
    }

    internal void CopyTo(TrackerSiteSettings settings)
    {
        settings.Mode = Mode;
        settings.Interval = Interval;
        settings.MinInterval = MinInterval;
        settings.IntervalJitter = IntervalJitter;
        settings.PeerLifetime = PeerLifetime;
        settings.DefaultWanted = DefaultWanted;
        settings.MaxWanted = MaxWanted;
        settings.TellsExternalAddress = TellsExternalAddress;
        settings.MaxSwarms = MaxSwarms;
        settings.MaxPeers = MaxPeers;
        settings.MaxPeersPerUser = MaxPeersPerUser;
        settings.HasRateLimit = HasRateLimit;
        settings.RatePerMinute = RatePerMinute;
        settings.RateBurst = RateBurst;
        settings.AllowsScrape = AllowsScrape;
        settings.AllowsFullScrape = AllowsFullScrape;
        settings.MaxScrapeHashes = MaxScrapeHashes;
        settings.TrustedProxies = FormLines.Split(TrustedProxies);
        settings.ForwardedForHeader = ForwardedForHeader?.Trim() ?? "";
        settings.AllowedClients = FormLines.Split(AllowedClients);
        settings.DeniedClients = FormLines.Split(DeniedClients);
        settings.MinimumRatio = MinimumRatio;
        settings.RatioGraceGigabytes = RatioGraceGigabytes;
        settings.AccountDays = AccountDays;
        settings.AddressDays = AddressDays;
        settings.HttpPort = HttpPort;
        settings.UdpPort = UdpPort;
        settings.PortAddress = PortAddress?.Trim() ?? "";
        settings.AnnouncePath = AnnouncePath?.Trim() ?? "";
        settings.ScrapePath = ScrapePath?.Trim() ?? "";
    }
}
