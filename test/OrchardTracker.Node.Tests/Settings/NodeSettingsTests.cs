using System.Net;
using Microsoft.Extensions.Configuration;
using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;

namespace OrchardTracker.Node.Tests.Settings;

public sealed class NodeSettingsTests
{
    [Fact]
    public void Should_be_an_open_tracker_on_all_addresses_without_any_setting()
    {
        var settings = Read();

        Assert.Equal(TrackerMode.Open, settings.Tracker.Engine.Mode);
        Assert.Equal([ListenAddress.Any], settings.Tracker.Addresses);
        Assert.Equal(6969, settings.Tracker.Port);
        Assert.True(settings.Tracker.Udp.IsEnabled);
        Assert.NotNull(settings.Tracker.Engine.Rate);
        Assert.Null(settings.Publish.Folder);
        Assert.Equal(MetainfoVersion.V1, settings.Publish.Torrents.Version);
        Assert.Equal(Path.GetFullPath("state/6969"), settings.State.Folder);
        Assert.Empty(settings.Unknown);
    }

    [Fact]
    public void Should_take_the_usual_values_of_the_engine_where_nothing_is_set()
    {
        var usual = new TrackerSettings();
        var settings = Read().Tracker.Engine;

        Assert.Equal(usual with { TrackerId = settings.TrackerId, Bans = settings.Bans, Clients = settings.Clients, Limits = settings.Limits, Rate = settings.Rate }, settings);
        Assert.Equal(usual.Limits, settings.Limits);
        Assert.Equal((usual.Rate!.PerMinute, usual.Rate.Burst), (settings.Rate!.PerMinute, settings.Rate.Burst));
    }

    [Fact]
    public void Should_read_every_setting_of_the_engine()
    {
        var settings = Read(
            ("Tracker:Mode", "registered"),
            ("Tracker:Interval", "20m"),
            ("Tracker:MinInterval", "00:02:00"),
            ("Tracker:IntervalJitter", "0.25"),
            ("Tracker:DefaultWanted", "10"),
            ("Tracker:MaxWanted", "20"),
            ("Tracker:TrackerId", "here"),
            ("Tracker:AllowsScrape", "no"),
            ("Tracker:AllowsFullScrape", "yes"),
            ("Tracker:MaxScrapeHashes", "7"),
            ("Tracker:TellsExternalAddress", "off"),
            ("Tracker:RateLimit:PerMinute", "60"),
            ("Tracker:RateLimit:Burst", "3"),
            ("Tracker:Limits:MaxSwarms", "1"),
            ("Tracker:Limits:MaxPeers", "2"),
            ("Tracker:Limits:MaxPeersPerSwarm", "3"),
            ("Tracker:Limits:MaxPeersPerUser", "4"),
            ("Tracker:Limits:PeerLifetime", "3600"),
            ("Tracker:Limits:EmptySwarmLifetime", "2d")).Tracker.Engine;

        Assert.Equal(TrackerMode.Registered, settings.Mode);
        Assert.Equal(TimeSpan.FromMinutes(20), settings.Interval);
        Assert.Equal(TimeSpan.FromMinutes(2), settings.MinInterval);
        Assert.Equal(0.25, settings.IntervalJitter);
        Assert.Equal((10, 20), (settings.DefaultWanted, settings.MaxWanted));
        Assert.Equal("here"u8.ToArray(), settings.TrackerId.ToArray());
        Assert.False(settings.AllowsScrape);
        Assert.True(settings.AllowsFullScrape);
        Assert.Equal(7, settings.MaxScrapeHashes);
        Assert.False(settings.TellsExternalAddress);
        Assert.Equal((60, 3), (settings.Rate!.PerMinute, settings.Rate.Burst));
        Assert.Equal(
            new StoreLimits { MaxSwarms = 1, MaxPeers = 2, MaxPeersPerSwarm = 3, MaxPeersPerUser = 4, PeerLifetime = TimeSpan.FromHours(1), EmptySwarmLifetime = TimeSpan.FromDays(2) },
            settings.Limits);
    }

    [Fact]
    public void Should_turn_rates_off() => Assert.Null(Read(("Tracker:RateLimit:Enabled", "false")).Tracker.Engine.Rate);

    [Fact]
    public void Should_let_peers_live_longer_than_a_longer_interval()
    {
        var settings = Read(("Tracker:Interval", "2h")).Tracker.Engine;

        Assert.Equal(TimeSpan.FromHours(3), settings.Limits.PeerLifetime);
        Assert.NotNull(new TrackerEngine(settings, TimeProvider.System));
    }

    [Theory]
    [InlineData("10.0.0.0/8, fd00::/8,192.0.2.1")]
    [InlineData("10.0.0.0/8;fd00::/8 192.0.2.1")]
    public void Should_read_a_list_from_one_text(string text) => Assert.Equal(
        [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("fd00::/8"), IPNetwork.Parse("192.0.2.1/32")],
        Read(("Tracker:TrustedProxies", text)).Tracker.Http.TrustedProxies);

    [Fact]
    public void Should_read_a_list_from_an_array()
    {
        var settings = Read(("Tracker:TrustedProxies:0", "10.0.0.0/8"), ("Tracker:TrustedProxies:1", "::1"));

        Assert.Equal([IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("::1/128")], settings.Tracker.Http.TrustedProxies);
        Assert.Empty(settings.Unknown);
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.1,::1", "127.0.0.1 ::1")]
    [InlineData("localhost", "127.0.0.1 ::1")]
    [InlineData("*", "")]
    [InlineData("::", "")]
    [InlineData("127.0.0.1,*", "")]
    public void Should_read_addresses(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Read(("Tracker:Address", text)).Tracker.Addresses.Select(address => address.IP)));

    [Theory]
    [InlineData("Tracker:Port", "abc", "Tracker:Port is \"abc\": it must be a whole number from 0 to 65535.")]
    [InlineData("Tracker:Port", "65536", "Tracker:Port is \"65536\": it must be a whole number from 0 to 65535.")]
    [InlineData("Tracker:Port", "-1", "Tracker:Port is \"-1\": it must be a whole number from 0 to 65535.")]
    [InlineData("Tracker:Address", "example.org", "Tracker:Address is \"example.org\": it must be an IP address of this machine, localhost, or * for all.")]
    [InlineData("Tracker:Mode", "closed", "Tracker:Mode is \"closed\": it must be one of Open, Registered.")]
    [InlineData("Tracker:Mode", "Private", "Tracker:Mode is \"Private\": that needs users with passkeys, who live in the CMS. Here it must be one of Open, Registered.")]
    [InlineData("Tracker:Interval", "soon", "Tracker:Interval is \"soon\": it must be a time from 1s to 1d, such as 30m, 1800s or 00:30:00.")]
    [InlineData("Tracker:Interval", "1800.00:00:00", "Tracker:Interval is \"1800.00:00:00\": it must be a time from 1s to 1d, such as 30m, 1800s or 00:30:00.")]
    [InlineData("Tracker:MinInterval", "31m", "Tracker:MinInterval (31m) must not be longer than Tracker:Interval (30m).")]
    [InlineData("Tracker:Limits:PeerLifetime", "32m", "Tracker:Limits:PeerLifetime (32m) must be longer than Tracker:Interval (30m) with its jitter, or peers are forgotten before they announce again.")]
    [InlineData("Tracker:IntervalJitter", "2", "Tracker:IntervalJitter is \"2\": it must be a number from 0 to 1, such as 0.1.")]
    [InlineData("Tracker:MaxWanted", "501", "Tracker:MaxWanted is \"501\": it must be a whole number from 0 to 500.")]
    [InlineData("Tracker:RateLimit:Enabled", "perhaps", "Tracker:RateLimit:Enabled is \"perhaps\": it must be true or false.")]
    [InlineData("Tracker:TrustedProxies", "10.0.0.0/33", "Tracker:TrustedProxies is \"10.0.0.0/33\": it must be an address or a range such as 10.0.0.0/8 or fd00::/8.")]
    [InlineData("Tracker:Bans", "everybody", "Tracker:Bans is \"everybody\": it must be an address or a range such as 10.0.0.0/8 or fd00::/8.")]
    [InlineData("Tracker:AnnouncePath", "announce", "Tracker:AnnouncePath is \"announce\": it must be a path such as /announce.")]
    [InlineData("Tracker:ScrapePath", "/scrape?x", "Tracker:ScrapePath is \"/scrape?x\": it must be a path such as /scrape.")]
    [InlineData("Tracker:Whitelist", "/no/such/file", "Tracker:Whitelist is \"/no/such/file\": it must be a file that exists, with one info-hash of 40 hexadecimal digits a line.")]
    [InlineData("Tracker:Clients:Denied", "-TR4040-and-a-lot-more", "Tracker:Clients: A client is told by the first 1 to 20 characters of its peer id, not by \"-TR4040-and-a-lot-more\". (Parameter 'prefix')")]
    [InlineData("Publish:Folder", "/no/such/folder", "Publish:Folder is \"/no/such/folder\": it must be a folder that exists; create it, or correct the setting.")]
    [InlineData("Publish:PublicUrl", "tracker.example.org", "Publish:PublicUrl is \"tracker.example.org\": it must be an address such as https://tracker.example.org.")]
    [InlineData("Publish:PublicUrl", "https://user:word@example.org", "Publish:PublicUrl is \"https://user:word@example.org\": it must be an address such as https://tracker.example.org.")]
    [InlineData("Publish:Version", "v3", "Publish:Version is \"v3\": it must be one of v1, hybrid, v2.")]
    [InlineData("Publish:PieceLength", "100K", "Publish:PieceLength is \"100K\": it must be a power of two from 16K to 32M.")]
    [InlineData("Telemetry:OtlpEndpoint", "localhost", "Telemetry:OtlpEndpoint is \"localhost\": it must be an address such as http://localhost:4318.")]
    public void Should_say_what_is_wrong_with_a_setting(string key, string value, string expected)
    {
        var error = Assert.Throws<SettingsException>(() => Read((key, value)));

        Assert.Equal([expected], error.Faults);
    }

    [Fact]
    public void Should_tell_all_faults_at_once()
    {
        var error = Assert.Throws<SettingsException>(() => Read(("Tracker:Port", "x"), ("Tracker:Mode", "y"), ("Publish:Version", "z")));

        Assert.Equal(3, error.Faults.Count);
    }

    [Fact]
    public void Should_find_settings_that_nobody_reads() =>
        Assert.Equal(["Publish:Foldr", "Tracker:Udp:Prot"], Read(("Tracker:Udp:Prot", "1"), ("Publish:Foldr", "x"), ("Something:Else", "y")).Unknown);

    [Fact]
    public void Should_keep_nothing_when_the_state_folder_is_empty() => Assert.Null(Read(("State:Folder", "")).State.Folder);

    [Fact]
    public void Should_keep_state_where_systemd_says() =>
        Assert.Equal("/var/lib/orchardtracker/7000", Read(("STATE_DIRECTORY", "/var/lib/orchardtracker"), ("Tracker:Port", "7000")).State.Folder);

    [Fact]
    public void Should_list_each_setting_in_the_help_and_read_each_that_the_help_lists()
    {
        var help = SettingsHelp.All.Select(setting => setting.Key).Where(key => key is not ("AllowedHosts" or "Logging:LogLevel:Default")).ToArray();
        var configuration = new ConfigurationBuilder().Build();
        var reader = new AskedKeys(configuration);

        NodeSettings.Read(reader);

        Assert.Equal(help.Order(), reader.Asked.Where(key => key.Contains(':', StringComparison.Ordinal)).Distinct().Order());
    }

    [Fact]
    public void Should_tell_the_true_defaults_in_the_help()
    {
        // Whatever the help calls the default makes no difference when it is set.
        var said = SettingsHelp.All.Where(setting => setting.Otherwise.Length > 0 && setting.Key is not ("State:Folder" or "AllowedHosts" or "Logging:LogLevel:Default"))
            .Select(setting => (setting.Key, setting.Otherwise)).ToArray();

        Assert.Equivalent(Read(), Read(said), strict: true);
    }

    [Fact]
    public void Should_stand_in_the_manual_as_in_the_help()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "docs", "node.md")))
        {
            root = root.Parent!;
        }

        Assert.Superset(
            SettingsHelp.All.Select(setting => $"| `{setting.Key}` | {(setting.Otherwise.Length > 0 ? $"`{setting.Otherwise}`" : "")} | {setting.Text} |").ToHashSet(),
            File.ReadLines(Path.Combine(root.FullName, "docs", "node.md")).ToHashSet());
    }

    private static NodeSettings Read(params (string Key, string Value)[] settings) => NodeSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());
}
