using System.Text;
using OrchardTracker.Swarms;

namespace OrchardTracker.Node;

/// <summary>Reads what the engine goes by.</summary>
internal static class EngineSettings
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static TrackerSettings Read(SettingsReader reader, IReadOnlyDictionary<string, TrackerMode> modes)
    {
        var usual = new TrackerSettings();
        var interval = reader.Time("Tracker:Interval", usual.Interval, Second, Day);
        var jitter = reader.Share("Tracker:IntervalJitter", usual.IntervalJitter);
        var settings = usual with
        {
            Mode = ReadMode(reader, modes),
            Interval = interval,
            MinInterval = reader.Time("Tracker:MinInterval", interval < usual.MinInterval ? interval : usual.MinInterval, TimeSpan.Zero, Day),
            IntervalJitter = jitter,
            DefaultWanted = reader.Number("Tracker:DefaultWanted", usual.DefaultWanted, 0, TrackerSettings.MostWanted),
            MaxWanted = reader.Number("Tracker:MaxWanted", usual.MaxWanted, 0, TrackerSettings.MostWanted),
            TrackerId = ReadTrackerId(reader),
            Limits = ReadLimits(reader, interval * (1.4 + jitter)),
            Rate = ReadRate(reader, usual.Rate!),
            AllowsScrape = reader.Flag("Tracker:AllowsScrape", usual.AllowsScrape),
            AllowsFullScrape = reader.Flag("Tracker:AllowsFullScrape", usual.AllowsFullScrape),
            MaxScrapeHashes = reader.Number("Tracker:MaxScrapeHashes", usual.MaxScrapeHashes, 1, TrackerSettings.MostScrapeHashes),
            TellsExternalAddress = reader.Flag("Tracker:TellsExternalAddress", usual.TellsExternalAddress),
            Clients = ReadClients(reader),
            Bans = new AddressBans(reader.Networks("Tracker:Bans")),
        };
        if (settings.MinInterval > interval)
        {
            reader.Fault($"Tracker:MinInterval ({TimeText.Write(settings.MinInterval)}) must not be longer than Tracker:Interval ({TimeText.Write(interval)}).");
        }

        if (settings.Limits.PeerLifetime <= interval * (1 + jitter))
        {
            reader.Fault(
                $"Tracker:Limits:PeerLifetime ({TimeText.Write(settings.Limits.PeerLifetime)}) must be longer than Tracker:Interval ({TimeText.Write(interval)}) with its jitter, or peers are forgotten before they announce again.");
        }

        return settings;
    }

    private static TrackerMode ReadMode(SettingsReader reader, IReadOnlyDictionary<string, TrackerMode> modes)
    {
        if (string.Equals(reader.Text("Tracker:Mode"), "Private", StringComparison.OrdinalIgnoreCase))
        {
            reader.Fault("Tracker:Mode is \"Private\": that needs users with passkeys, who live in the CMS. Here it must be one of Open, Registered.");
            return TrackerMode.Registered;
        }

        return reader.Choice("Tracker:Mode", TrackerMode.Open, modes);
    }

    private static byte[] ReadTrackerId(SettingsReader reader)
    {
        var text = reader.Text("Tracker:TrackerId") ?? "";
        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length <= TrackerSettings.MaxTrackerIdLength ? bytes : reader.Fault("Tracker:TrackerId", text, $"must have at most {TrackerSettings.MaxTrackerIdLength} bytes", Array.Empty<byte>());
    }

    private static StoreLimits ReadLimits(SettingsReader reader, TimeSpan usualLifetime)
    {
        var usual = new StoreLimits();

        // A client that is a little late is still there.
        var lifetime = TimeSpan.FromTicks(Math.Clamp(usualLifetime.Ticks, TimeSpan.FromMinutes(1).Ticks, Day.Ticks));
        return usual with
        {
            MaxSwarms = reader.Number("Tracker:Limits:MaxSwarms", usual.MaxSwarms, 1, int.MaxValue),
            MaxPeers = reader.Number("Tracker:Limits:MaxPeers", usual.MaxPeers, 1, int.MaxValue),
            MaxPeersPerSwarm = reader.Number("Tracker:Limits:MaxPeersPerSwarm", usual.MaxPeersPerSwarm, 1, int.MaxValue),
            MaxPeersPerUser = reader.Number("Tracker:Limits:MaxPeersPerUser", usual.MaxPeersPerUser, 1, int.MaxValue),
            PeerLifetime = reader.Time("Tracker:Limits:PeerLifetime", lifetime, TimeSpan.FromSeconds(8), Day),
            EmptySwarmLifetime = reader.Time("Tracker:Limits:EmptySwarmLifetime", usual.EmptySwarmLifetime, TimeSpan.Zero, TimeSpan.FromDays(3650)),
        };
    }

    private static RateLimit? ReadRate(SettingsReader reader, RateLimit usual)
    {
        var isEnabled = reader.Flag("Tracker:RateLimit:Enabled", true);
        var perMinute = reader.Number("Tracker:RateLimit:PerMinute", usual.PerMinute, 1, 60_000);
        var burst = reader.Number("Tracker:RateLimit:Burst", usual.Burst, 1, 1_000_000);
        return isEnabled ? new RateLimit(perMinute, burst) : null;
    }

    private static ClientRules ReadClients(SettingsReader reader)
    {
        try
        {
            return new ClientRules(reader.List("Tracker:Clients:Allowed"), reader.List("Tracker:Clients:Denied"));
        }
        catch (ArgumentException error)
        {
            reader.Fault($"Tracker:Clients: {error.Message}");
            return ClientRules.AllowAll;
        }
    }
}
