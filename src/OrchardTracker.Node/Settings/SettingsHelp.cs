namespace OrchardTracker.Node;

/// <summary>All settings of the node with a line for the operator each, in the order in which one needs them.</summary>
internal static class SettingsHelp
{
    public static IReadOnlyList<(string Key, string Otherwise, string Text)> All { get; } =
    [
        ("Tracker:Address", "*", "Addresses to answer on, with commas: IPs, localhost, or * for all of IPv4 and IPv6."),
        ("Tracker:Port", "6969", "The port of HTTP and UDP; 0 lets the system choose."),
        ("Tracker:Udp:Enabled", "true", "Answer over UDP too."),
        ("Tracker:Udp:Sockets", "0", "Sockets that share the UDP port; 0 for one a processor, at most four."),
        ("Tracker:Mode", "Open", "Open: any torrent. Registered: the published ones and those of the whitelist."),
        ("Tracker:Whitelist", "", "A file of info-hashes that may be announced, 40 hexadecimal digits a line; read again when it changes."),
        ("Tracker:Blacklist", "", "A file of info-hashes that may not be announced, in any mode."),
        ("Tracker:Interval", "30m", "Between two announces of a client."),
        ("Tracker:MinInterval", "5m", "No client announces more often."),
        ("Tracker:IntervalJitter", "0.1", "Up to this share is added to the interval at random."),
        ("Tracker:DefaultWanted", "50", "Peers for a client that does not say how many it wants."),
        ("Tracker:MaxWanted", "100", "Peers for one that wants very many; at most 500."),
        ("Tracker:RateLimit:Enabled", "true", "Limit the requests of one address (of one /64 in IPv6)."),
        ("Tracker:RateLimit:PerMinute", "1200", "Requests a minute that may go on for ever."),
        ("Tracker:RateLimit:Burst", "5000", "Requests at once after a pause."),
        ("Tracker:TrustedProxies", "", "Networks, with commas, whose X-Forwarded-… headers are believed."),
        ("Tracker:ForwardedForHeader", "X-Forwarded-For", "The header in which those proxies name the client."),
        ("Tracker:AllowsScrape", "true", "Answer scrapes."),
        ("Tracker:AllowsFullScrape", "false", "Answer a scrape without a hash with all torrents."),
        ("Tracker:MaxScrapeHashes", "100", "Hashes in one HTTP scrape; at most 256."),
        ("Tracker:Clients:Allowed", "", "Beginnings of peer ids, with commas, such as -TR40; only these may announce."),
        ("Tracker:Clients:Denied", "", "Beginnings of peer ids that may not announce."),
        ("Tracker:Bans", "", "Addresses and networks that may not announce."),
        ("Tracker:TellsExternalAddress", "true", "Tell clients the address they are seen under (BEP 24)."),
        ("Tracker:TrackerId", "", "Sent to clients as tracker id; at most 64 bytes."),
        ("Tracker:AnnouncePath", "/announce", "Where announces come."),
        ("Tracker:ScrapePath", "/scrape", "Where scrapes come."),
        ("Tracker:SweepInterval", "1m", "Between two searches for peers that have gone without a word."),
        ("Tracker:Limits:MaxSwarms", "2000000", "Torrents at most; further ones are refused."),
        ("Tracker:Limits:MaxPeers", "20000000", "Peers at most; further ones are served but not remembered."),
        ("Tracker:Limits:MaxPeersPerSwarm", "2000000", "Peers of one torrent and address family."),
        ("Tracker:Limits:MaxPeersPerUser", "16", "Peers of one user in one torrent, where users are known."),
        ("Tracker:Limits:PeerLifetime", "45m", "A peer that has not announced for so long is gone; follows Tracker:Interval if not set."),
        ("Tracker:Limits:EmptySwarmLifetime", "1d", "A torrent without peers keeps its count of downloads for so long."),
        ("Publish:Folder", "", "Each file and each folder in it becomes a torrent. Without it the node is a tracker alone."),
        ("Publish:PublicUrl", "", "How the world reaches this node, such as https://tracker.example.org; else the address by which each client comes."),
        ("Publish:Title", "Torrents", "The heading of the page."),
        ("Publish:WebSeeds", "true", "Name this node as a web seed in the torrents (BEP 19)."),
        ("Publish:Version", "v1", "v1, hybrid or v2; some clients read v1 only."),
        ("Publish:PieceLength", "", "A power of two from 16K to 32M; chosen by the size otherwise."),
        ("Publish:Private", "false", "Torrents allow peers from this tracker only (BEP 27)."),
        ("Publish:Source", "", "A text that gives the same files another hash here than elsewhere."),
        ("Publish:Comment", "", "A comment in each torrent."),
        ("Publish:Settle", "3s", "A file whose size and time have not changed for so long is taken for whole."),
        ("Publish:Rescan", "1m", "The folder is looked through so often, even when the system tells of no change."),
        ("Publish:MaxConcurrency", "1", "Torrents that are made at once; one already uses all processors."),
        ("State:Folder", "state/PORT", "Where torrents and swarms are kept over a restart; empty keeps nothing. Under systemd, StateDirectory."),
        ("Telemetry:OtlpEndpoint", "", "Where metrics are sent by OTLP, such as http://localhost:4318; OTEL_EXPORTER_OTLP_… variables work too."),
        ("AllowedHosts", "*", "Names, with semicolons, under which the pages may be asked for."),
        ("Logging:LogLevel:Default", "Information", "Debug, Information, Warning or Error."),
    ];

    public static void Write(TextWriter output)
    {
        output.WriteLine(
            """
            Description:
              Run the tracker, and publish a folder if one is set.

            Usage:
              OrchardTracker.Node [serve] [--SETTING=VALUE ...]

            Each setting may stand on the command line (--Tracker:Port=6969), in the environment
            (Tracker__Port=6969), or in appsettings.json in the working folder
            ({ "Tracker": { "Port": 6969 } }); the first of these that has it counts. Those of the
            tracker's behaviour are taken over while it runs when that file changes.
            Times are written 30m, 45s, 1d or 00:30:00.

            Settings:
            """);
        foreach (var (key, otherwise, text) in All)
        {
            output.WriteLine($"  --{key}{(otherwise.Length > 0 ? $" [{otherwise}]" : "")}");
            output.WriteLine($"      {text}");
        }

        output.WriteLine();
        output.WriteLine("Example:");
        output.WriteLine("  OrchardTracker.Node --Tracker:Address=127.0.0.1 --Tracker:Port=6969 --Publish:Folder=./files");
    }
}
