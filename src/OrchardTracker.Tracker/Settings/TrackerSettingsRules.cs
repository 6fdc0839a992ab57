using Microsoft.Extensions.Localization;
using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;

namespace OrchardTracker.Tracker.Settings;

/// <summary>What may stand in the settings: the same rules for the settings page, recipes and what is found stored.</summary>
internal sealed class TrackerSettingsRules(IStringLocalizer<TrackerSettingsRules> localizer)
{
    private const int Day = 86_400;
    private const int MostEntries = 1000;

    private static readonly TrackerSiteSettings Usual = new();

    internal readonly IStringLocalizer S = localizer;

    /// <summary>Everything that is wrong; empty when the settings can be used.</summary>
    public IReadOnlyList<SettingsFault> FindFaults(TrackerSiteSettings settings)
    {
        List<SettingsFault> faults = [];
        CheckTimes(settings, faults);
        CheckNumbers(settings, faults);
        CheckNetwork(settings, faults);
        CheckPorts(settings, faults);
        CheckClients(settings.AllowedClients, nameof(settings.AllowedClients), value => value.AllowedClients = [], faults);
        CheckClients(settings.DeniedClients, nameof(settings.DeniedClients), value => value.DeniedClients = [], faults);
        CheckPaths(settings, faults);
        return faults;
    }

    /// <summary>Puts usual values in the place of unusable ones.</summary>
    /// <returns>What was wrong.</returns>
    public IReadOnlyList<SettingsFault> Mend(TrackerSiteSettings settings)
    {
        List<SettingsFault> all = [];

        // What contradicts each other shows only when each value for itself is right.
        for (var faults = FindFaults(settings); faults.Count > 0; faults = FindFaults(settings))
        {
            foreach (var fault in faults)
            {
                fault.Reset(settings);
            }

            all.AddRange(faults);
        }

        return all;
    }

    private void CheckTimes(TrackerSiteSettings settings, List<SettingsFault> faults)
    {
        var before = faults.Count;
        if (!Enum.IsDefined(settings.Mode))
        {
            // Whoever meant something closed must not find it open.
            faults.Add(new(nameof(settings.Mode), S["Choose one of the modes."], value => value.Mode = TrackerMode.Registered));
        }

        Range(settings.Interval, 1, Day, nameof(settings.Interval), value => value.Interval = Usual.Interval, faults);
        Range(settings.MinInterval, 0, Day, nameof(settings.MinInterval), value => value.MinInterval = Usual.MinInterval, faults);
        Range(settings.IntervalJitter, 0, 100, nameof(settings.IntervalJitter), value => value.IntervalJitter = Usual.IntervalJitter, faults);
        Range(settings.PeerLifetime, 8, Day, nameof(settings.PeerLifetime), value => value.PeerLifetime = Usual.PeerLifetime, faults);
        if (faults.Count > before)
        {
            return;
        }

        if (settings.MinInterval > settings.Interval)
        {
            faults.Add(new(
                nameof(settings.MinInterval),
                S["The shortest interval must not be longer than the announce interval of {0} seconds.", settings.Interval],
                value => value.MinInterval = value.Interval));
        }

        var latest = settings.Interval * (1 + settings.IntervalJitter / 100.0);
        if (settings.PeerLifetime <= latest)
        {
            faults.Add(new(
                nameof(settings.PeerLifetime),
                S["Peers announce every {0} seconds with the spread: they must live longer than that, or they are forgotten before they announce again.", Math.Ceiling(latest)],
                value => (value.Interval, value.MinInterval, value.IntervalJitter, value.PeerLifetime) =
                    (Usual.Interval, Usual.MinInterval, Usual.IntervalJitter, Usual.PeerLifetime)));
        }
    }

    private void CheckNumbers(TrackerSiteSettings settings, List<SettingsFault> faults)
    {
        Range(settings.DefaultWanted, 0, TrackerSettings.MostWanted, nameof(settings.DefaultWanted), value => value.DefaultWanted = Usual.DefaultWanted, faults);
        Range(settings.MaxWanted, 0, TrackerSettings.MostWanted, nameof(settings.MaxWanted), value => value.MaxWanted = Usual.MaxWanted, faults);
        Range(settings.MaxSwarms, 1, 100_000_000, nameof(settings.MaxSwarms), value => value.MaxSwarms = Usual.MaxSwarms, faults);
        Range(settings.MaxPeers, 1, 1_000_000_000, nameof(settings.MaxPeers), value => value.MaxPeers = Usual.MaxPeers, faults);
        Range(settings.MaxPeersPerUser, 1, 10_000, nameof(settings.MaxPeersPerUser), value => value.MaxPeersPerUser = Usual.MaxPeersPerUser, faults);
        Range(settings.RatePerMinute, 1, 60_000, nameof(settings.RatePerMinute), value => value.RatePerMinute = Usual.RatePerMinute, faults);
        Range(settings.RateBurst, 1, 1_000_000, nameof(settings.RateBurst), value => value.RateBurst = Usual.RateBurst, faults);
        Range(settings.RatioGraceGigabytes, 0, 1_000_000, nameof(settings.RatioGraceGigabytes), value => value.RatioGraceGigabytes = Usual.RatioGraceGigabytes, faults);
        Range(settings.AccountDays, 0, 36_500, nameof(settings.AccountDays), value => value.AccountDays = Usual.AccountDays, faults);
        Range(settings.AddressDays, 0, 36_500, nameof(settings.AddressDays), value => value.AddressDays = Usual.AddressDays, faults);
        if (settings.MinimumRatio is < 0 or > 100)
        {
            faults.Add(new(nameof(settings.MinimumRatio), S["Enter a number from {0} to {1}.", 0, 100], value => value.MinimumRatio = 0));
        }

        Range(settings.MaxScrapeHashes, 1, TrackerSettings.MostScrapeHashes, nameof(settings.MaxScrapeHashes), value => value.MaxScrapeHashes = Usual.MaxScrapeHashes, faults);
    }

    private void CheckNetwork(TrackerSiteSettings settings, List<SettingsFault> faults)
    {
        Action<TrackerSiteSettings> trustNobody = value => value.TrustedProxies = [];
        if (!IsList(settings.TrustedProxies, nameof(settings.TrustedProxies), trustNobody, faults))
        {
            return;
        }

        foreach (var text in settings.TrustedProxies)
        {
            if (!NetworkText.TryParse(text, out var network))
            {
                faults.Add(new(nameof(settings.TrustedProxies), S["\"{0}\" is neither an address nor a network such as 10.0.0.0/8.", Shown(text)], trustNobody));
            }
            else if (network.PrefixLength == 0)
            {
                faults.Add(new(
                    nameof(settings.TrustedProxies),
                    S["\"{0}\" is everybody: anyone could then announce under any address. Name your proxies only.", Shown(text)],
                    trustNobody));
            }
        }

        if (settings.ForwardedForHeader is not { Length: > 0 and <= 100 } header || !header.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            faults.Add(new(
                nameof(settings.ForwardedForHeader),
                S["The name of a header has letters, digits and dashes only."],
                value => value.ForwardedForHeader = Usual.ForwardedForHeader));
        }
    }

    private void CheckPorts(TrackerSiteSettings settings, List<SettingsFault> faults)
    {
        Range(settings.HttpPort, 0, ushort.MaxValue, nameof(settings.HttpPort), value => value.HttpPort = 0, faults);
        Range(settings.UdpPort, 0, ushort.MaxValue, nameof(settings.UdpPort), value => value.UdpPort = 0, faults);

        // What cannot be read must not open the ports to everybody.
        if (settings.PortAddress is null || (settings.PortAddress.Length > 0 && !System.Net.IPAddress.TryParse(settings.PortAddress, out _)))
        {
            faults.Add(new(
                nameof(settings.PortAddress),
                S["\"{0}\" is no address. Leave the field empty for all addresses of the server.", Shown(settings.PortAddress)],
                value => (value.PortAddress, value.HttpPort, value.UdpPort) = ("", 0, 0)));
        }
    }

    private void CheckClients(string[] clients, string field, Action<TrackerSiteSettings> reset, List<SettingsFault> faults)
    {
        if (!IsList(clients, field, reset, faults))
        {
            return;
        }

        foreach (var prefix in clients)
        {
            if (prefix is not { Length: > 0 and <= PeerId.Length } || prefix.Any(character => character is < ' ' or > '\xFF'))
            {
                faults.Add(new(field, S["\"{0}\" is no beginning of a peer id: write its first characters, such as -TR40, at most {1}.", Shown(prefix), PeerId.Length], reset));
            }
        }
    }

    private void CheckPaths(TrackerSiteSettings settings, List<SettingsFault> faults)
    {
        var before = faults.Count;
        CheckPath(settings.AnnouncePath, nameof(settings.AnnouncePath), value => value.AnnouncePath = Usual.AnnouncePath, faults);
        CheckPath(settings.ScrapePath, nameof(settings.ScrapePath), value => value.ScrapePath = Usual.ScrapePath, faults);
        if (faults.Count == before && (IsBelow(settings.AnnouncePath, settings.ScrapePath) || IsBelow(settings.ScrapePath, settings.AnnouncePath)))
        {
            faults.Add(new(
                nameof(settings.ScrapePath),
                S["Announces and scrapes need paths of their own, of which none lies below the other."],
                value => (value.AnnouncePath, value.ScrapePath) = (Usual.AnnouncePath, Usual.ScrapePath)));
        }
    }

    private void CheckPath(string path, string field, Action<TrackerSiteSettings> reset, List<SettingsFault> faults)
    {
        var isPath = path is { Length: > 1 and <= 100 }
            && path[0] == '/'
            && path[^1] != '/'
            && !path.Contains("//", StringComparison.Ordinal)
            && path.Skip(1).All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.')
            && !path.Contains("..", StringComparison.Ordinal);
        if (!isPath)
        {
            faults.Add(new(field, S["A path begins with a slash and has letters, digits, dots, dashes and underscores, such as {0}.", Usual.AnnouncePath], reset));
        }
    }

    private static bool IsBelow(string path, string other) =>
        path.StartsWith(other, StringComparison.OrdinalIgnoreCase) && (path.Length == other.Length || path[other.Length] == '/');

    private bool IsList(string[]? entries, string field, Action<TrackerSiteSettings> reset, List<SettingsFault> faults)
    {
        if (entries is { Length: <= MostEntries })
        {
            return true;
        }

        faults.Add(new(field, S["At most {0} entries are taken.", MostEntries], reset));
        return false;
    }

    private void Range(int value, int least, int most, string field, Action<TrackerSiteSettings> reset, List<SettingsFault> faults)
    {
        if (value < least || value > most)
        {
            faults.Add(new(field, S["Enter a whole number from {0} to {1}.", least, most], reset));
        }
    }

    private static string Shown(string? text) => text is { Length: > 40 } ? text[..40] + "…" : text ?? "";
}
