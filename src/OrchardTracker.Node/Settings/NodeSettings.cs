using OrchardTracker.BitTorrent;
using OrchardTracker.Frontends;
using OrchardTracker.Swarms;

namespace OrchardTracker.Node;

/// <summary>All settings of the node, checked. Immutable.</summary>
public sealed record NodeSettings
{
    private static readonly Dictionary<string, TrackerMode> Modes = new() { ["Open"] = TrackerMode.Open, ["Registered"] = TrackerMode.Registered };

    private static readonly Dictionary<string, MetainfoVersion> Versions = new()
    {
        ["v1"] = MetainfoVersion.V1,
        ["hybrid"] = MetainfoVersion.Hybrid,
        ["v2"] = MetainfoVersion.V2,
    };

    public required TrackerSection Tracker { get; init; }

    public required PublishSection Publish { get; init; }

    public required StateSection State { get; init; }

    /// <summary>Where metrics are sent by OTLP; null sends none.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>Keys that nothing reads.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <exception cref="SettingsException">Something is wrong; the exception holds everything that is.</exception>
    public static NodeSettings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var tracker = ReadTracker(reader);
        var settings = new NodeSettings
        {
            Tracker = tracker,
            Publish = ReadPublish(reader),
            State = ReadState(reader, configuration, tracker.Port),
            OtlpEndpoint = ReadUrl(reader, "Telemetry:OtlpEndpoint", "such as http://localhost:4318") is { } url ? new Uri(url) : null,
        };
        return reader.Faults.Count > 0
            ? throw new SettingsException(reader.Faults)
            : settings with { Unknown = reader.FindUnknown("Tracker", "Publish", "State", "Telemetry") };
    }

    private static TrackerSection ReadTracker(SettingsReader reader) => new()
    {
        Addresses = ReadAddresses(reader),
        Port = reader.Number("Tracker:Port", 6969, 0, 65535),
        Engine = EngineSettings.Read(reader, Modes),
        Http = ReadHttp(reader),
        Udp = new UdpSection(reader.Flag("Tracker:Udp:Enabled", true), reader.Number("Tracker:Udp:Sockets", 0, 0, 64)),
        Whitelist = ReadFile(reader, "Tracker:Whitelist"),
        Blacklist = ReadFile(reader, "Tracker:Blacklist"),
        SweepInterval = reader.Time("Tracker:SweepInterval", TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
    };

    private static List<ListenAddress> ReadAddresses(SettingsReader reader)
    {
        List<ListenAddress> addresses = [];
        foreach (var text in reader.List("Tracker:Address"))
        {
            addresses.AddRange(ListenAddress.TryParse(text)
                ?? reader.Fault<IReadOnlyList<ListenAddress>>("Tracker:Address", text, "must be an IP address of this machine, localhost, or * for all", []));
        }

        return addresses.Count == 0 || addresses.Contains(ListenAddress.Any) ? [ListenAddress.Any] : [.. addresses.Distinct()];
    }

    private static HttpTrackerOptions ReadHttp(SettingsReader reader)
    {
        var usual = new HttpTrackerOptions();
        return usual with
        {
            AnnouncePath = ReadPath(reader, "Tracker:AnnouncePath", usual.AnnouncePath),
            ScrapePath = ReadPath(reader, "Tracker:ScrapePath", usual.ScrapePath),
            TrustedProxies = reader.Networks("Tracker:TrustedProxies"),
            ForwardedForHeader = reader.Text("Tracker:ForwardedForHeader") ?? usual.ForwardedForHeader,
        };
    }

    private static PublishSection ReadPublish(SettingsReader reader)
    {
        var folder = reader.Text("Publish:Folder");
        if (folder is not null && !Directory.Exists(folder))
        {
            reader.Fault("Publish:Folder", folder, "must be a folder that exists; create it, or correct the setting", 0);
        }

        return new PublishSection
        {
            Folder = folder is null ? null : Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)),
            PublicUrl = ReadUrl(reader, "Publish:PublicUrl", "such as https://tracker.example.org")?.TrimEnd('/'),
            Title = reader.Text("Publish:Title") ?? "Torrents",
            HasWebSeeds = reader.Flag("Publish:WebSeeds", true),
            Torrents = new TorrentOptions
            {
                Version = reader.Choice("Publish:Version", MetainfoVersion.V1, Versions),
                PieceLength = SizeText.Read(reader, "Publish:PieceLength"),
                IsPrivate = reader.Flag("Publish:Private", false),
                Source = reader.Text("Publish:Source"),
                Comment = reader.Text("Publish:Comment"),
            },
            Settle = reader.Time("Publish:Settle", TimeSpan.FromSeconds(3), TimeSpan.Zero, TimeSpan.FromDays(1)),
            Rescan = reader.Time("Publish:Rescan", TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            MaxConcurrency = reader.Number("Publish:MaxConcurrency", 1, 1, 64),
        };
    }

    private static StateSection ReadState(SettingsReader reader, IConfiguration configuration, int port)
    {
        // An empty setting is a choice too: to keep nothing.
        var isChosen = configuration["State:Folder"] is not null;
        var folder = reader.Text("State:Folder");
        if (isChosen)
        {
            return new StateSection(folder is null ? null : Path.GetFullPath(folder), true);
        }

        // What systemd gives a service that asks for a state directory. Several nodes on one machine differ by port.
        var home = configuration["STATE_DIRECTORY"] is { Length: > 0 } systemd ? systemd.Split(':')[0] : "state";
        return new StateSection(Path.GetFullPath(Path.Combine(home, $"{port}")), false);
    }

    private static string? ReadFile(SettingsReader reader, string key)
    {
        var path = reader.Text(key);
        if (path is null || File.Exists(path))
        {
            return path is null ? null : Path.GetFullPath(path);
        }

        return reader.Fault<string?>(key, path, "must be a file that exists, with one info-hash of 40 hexadecimal digits a line", null);
    }

    private static string ReadPath(SettingsReader reader, string key, string otherwise)
    {
        var path = reader.Text(key) ?? otherwise;
        var isPath = path.Length > 1 && path[0] == '/' && path[^1] != '/' && path.Skip(1).All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.');
        return isPath ? path : reader.Fault(key, path, $"must be a path such as {otherwise}", otherwise);
    }

    private static string? ReadUrl(SettingsReader reader, string key, string example)
    {
        var text = reader.Text(key);
        var isUrl = text is null
            || (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Query.Length == 0 && url.Fragment.Length == 0 && url.UserInfo.Length == 0);
        return isUrl ? text : reader.Fault<string?>(key, text!, $"must be an address {example}", null);
    }
}
