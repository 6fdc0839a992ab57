using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using FreePort = OrchardTracker.Interop.Tests.Node.FreePort;

namespace OrchardTracker.Node.Tests.Hosting;

/// <summary>The node as operators run it: real processes.</summary>
public sealed class OperationTests : IDisposable
{
    private const string Announce = "announce?info_hash=aaaaaaaaaaaaaaaaaaaa&peer_id=-OT0100-abcdefghijkl&left=0&event=started&port=";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_lose_no_peer_and_hash_nothing_again_over_a_restart()
    {
        _folder.Write("files/film.mkv", 100_000);
        string[] args = ["--Tracker:Address=127.0.0.1", "--Tracker:Port=0", "--Publish:Folder=files", "--State:Folder=state", "--Publish:Settle=0.2s"];
        await using (var before = await NodeProcess.ServeAsync(_folder.Path, args))
        {
            using var http = new HttpClient { BaseAddress = before.Address };
            await Eventually.IsTrueAsync(() => before.Output.Contains("Published: film.mkv", StringComparison.Ordinal), () => $"the film is published: {before.Output}");
            await http.GetStringAsync(Announce + "7001");
            await http.GetStringAsync(Announce + "7002");
            Assert.Equal(0, await before.TerminateAsync());
            Assert.Contains("2 peers are kept in", before.Output, StringComparison.Ordinal);
        }

        // Settling takes a day now: whatever is published at once was known before.
        await using var after = await NodeProcess.ServeAsync(_folder.Path, [.. args[..^1], "--Publish:Settle=1d"]);
        using var again = new HttpClient { BaseAddress = after.Address };
        var statistics = JsonNode.Parse(await again.GetStringAsync("stats.json"))!;
        Assert.Equal(2, (int?)statistics["seeders"]);
        Assert.Equal("film.mkv", (string?)Assert.Single(statistics["torrents"]!.AsArray())!["name"]);
        Assert.Contains("2 peers in 1 swarms are back", after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_hand_out_no_peer_of_before_the_last_start_after_a_crash()
    {
        string[] args = ["--Tracker:Address=127.0.0.1", "--Tracker:Port=0", "--State:Folder=state"];
        await StopWithOnePeerAsync(args);
        await using (var killed = await NodeProcess.ServeAsync(_folder.Path, args))
        {
            Assert.Contains("1 peers in 1 swarms are back", killed.Output, StringComparison.Ordinal);
        }

        await using var after = await NodeProcess.ServeAsync(_folder.Path, args);
        using var http = new HttpClient { BaseAddress = after.Address };
        Assert.Equal(0, (int?)JsonNode.Parse(await http.GetStringAsync("stats.json"))!["seeders"]);
    }

    [Fact]
    public async Task Should_lose_no_peer_when_it_could_not_start()
    {
        string[] args = ["--Tracker:Address=127.0.0.1", "--State:Folder=state", "--Tracker:Port=0"];
        await StopWithOnePeerAsync(args);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var (code, _, errors) = await NodeProcess.RunAsync(_folder.Path, ["serve", .. args[..^1], $"--Tracker:Port={((IPEndPoint)other.LocalEndpoint).Port}"]);
        Assert.True(code == 1 && errors.Contains("is taken by another program", StringComparison.Ordinal), errors);

        await using var after = await NodeProcess.ServeAsync(_folder.Path, args);
        Assert.Contains("1 peers in 1 swarms are back", after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_start_without_the_swarms_when_their_file_is_damaged()
    {
        Directory.CreateDirectory(_folder["state"]);
        File.WriteAllText(_folder["state/swarms.snapshot"], "not at all what it was, and long enough to hold a checksum at its end");

        await using var node = await NodeProcess.ServeAsync(_folder.Path, "--Tracker:Address=127.0.0.1", "--Tracker:Port=0", "--State:Folder=state");

        Assert.Contains("The swarms of before are lost", node.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_find_folders_from_where_the_operator_stands_and_keep_state_there()
    {
        _folder.Write("files/film.mkv", 1000);
        await using var node = await NodeProcess.ServeAsync(_folder.Path, "--Tracker:Address=127.0.0.1", "--Tracker:Port=0", "--Publish:Folder=./files", "--Publish:Settle=0.2s");

        await Eventually.IsTrueAsync(() => node.Output.Contains("Published: film.mkv", StringComparison.Ordinal), () => $"the film is published: {node.Output}");
        await Eventually.IsTrueAsync(() => Directory.Exists(_folder["state/0/torrents"]), () => "the state lies in the working folder");
    }

    [Fact]
    public async Task Should_read_settings_from_the_environment_and_from_a_file_which_it_follows()
    {
        File.WriteAllText(_folder["appsettings.json"], """{ "Tracker": { "Address": "127.0.0.1", "Port": 0, "Interval": "10m", "IntervalJitter": 0 } }""");
        await using var node = await NodeProcess.ServeAsync(_folder.Path, "--Tracker:MinInterval=7s");
        using var http = new HttpClient { BaseAddress = node.Address };
        Assert.Contains("8:intervali600e12:min intervali7e", await http.GetStringAsync(Announce + "7001"), StringComparison.Ordinal);

        File.WriteAllText(_folder["appsettings.json"], """{ "Tracker": { "Address": "127.0.0.1", "Port": 0, "Interval": "20m", "IntervalJitter": 0 } }""");
        await Eventually.IsTrueAsync(
            async () => (await http.GetStringAsync(Announce + "7001")).Contains("8:intervali1200e", StringComparison.Ordinal), () => $"the interval has changed: {node.Output}");

        File.WriteAllText(_folder["appsettings.json"], """{ "Tracker": { "Address": "127.0.0.1", "Port": 0, "Interval": "1s" } }""");
        await Eventually.IsTrueAsync(
            () => node.Output.Contains("The changed settings cannot be used", StringComparison.Ordinal), () => $"the operator is told: {node.Output}");
        Assert.Contains("8:intervali1200e", await http.GetStringAsync(Announce + "7001"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_write_no_passkey_and_no_request_into_the_log()
    {
        await using var node = await NodeProcess.ServeAsync(
            _folder.Path, "--Tracker:Address=127.0.0.1", "--Tracker:Port=0", "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft=Warning");
        using var http = new HttpClient { BaseAddress = node.Address };
        const string Passkey = "0123456789abcdef0123456789abcdef";

        await http.GetStringAsync($"announce/{Passkey}?info_hash=aaaaaaaaaaaaaaaaaaaa&peer_id=-OT0100-abcdefghijkl&left=0&port=7001");
        await http.GetStringAsync($"announce/{Passkey}?info_hash=short");
        await http.GetStringAsync($"{Passkey}/announce?info_hash=aaaaaaaaaaaaaaaaaaaa&peer_id=-OT0100-abcdefghijkl&left=0&port=7001");
        using (await http.GetAsync($"nowhere/{Passkey}"))
        {
            await node.TerminateAsync();
        }

        Assert.DoesNotContain(Passkey, node.Output + node.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("nowhere", node.Output + node.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_in_a_line_that_the_port_is_taken()
    {
        await using var first = await NodeProcess.ServeAsync(_folder.Path, "--Tracker:Address=127.0.0.1", "--Tracker:Port=0", "--State:Folder=");
        var (code, output, errors) = await NodeProcess.RunAsync(_folder.Path, "--Tracker:Address=127.0.0.1", $"--Tracker:Port={first.Address.Port}", "--State:Folder=");

        Assert.Equal(1, code);
        Assert.Equal($"Tracker:Port: HTTP port {first.Address.Port} on 127.0.0.1 is taken by another program. Stop that one, or set Tracker:Port to another port.", errors);
        Assert.DoesNotContain("Exception", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_name_itself_by_an_address_that_one_can_open_when_it_listens_everywhere()
    {
        await using var node = await NodeProcess.ServeAsync(_folder.Path, "--Tracker:Port=0", "--State:Folder=");
        using var http = new HttpClient();

        Assert.Equal("localhost", node.Address.Host);
        Assert.Equal("Healthy", await http.GetStringAsync(new Uri(node.Address, "health")));
    }

    [Fact]
    public async Task Should_close_its_ports_when_it_is_only_disposed()
    {
        var port = FreePort.Next();
        await using (var node = await TestNode.StartAsync($"--Tracker:Port={port}"))
        {
            Assert.Equal(port, node.Address.Port);
        }

        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        Assert.True(socket.IsBound);
    }

    [Fact]
    public async Task Should_not_share_its_state_with_another_node()
    {
        await using var first = await NodeProcess.ServeAsync(_folder.Path, "--Tracker:Address=127.0.0.1", "--Tracker:Port=0", "--State:Folder=state");
        var (code, _, errors) = await NodeProcess.RunAsync(_folder.Path, "--Tracker:Address=127.0.0.1", "--Tracker:Port=0", "--State:Folder=state");

        Assert.Equal(1, code);
        Assert.StartsWith("State:Folder: another node uses", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Tracker:Port=1", "\"Tracker:Port=1\" is no setting with a value. Settings look like --Tracker:Port=6969; see \"serve --help\".")]
    [InlineData("--Tracker:Port", "\"--Tracker:Port\" is no setting with a value. Settings look like --Tracker:Port=6969; see \"serve --help\".")]
    [InlineData("--Tracker:Port=x", "Tracker:Port is \"x\": it must be a whole number from 0 to 65535.")]
    [InlineData("--Tracker:Address=192.0.2.1", "Tracker:Address: 192.0.2.1 is no address of this machine.")]
    public async Task Should_say_what_is_wrong_and_stop(string arg, string expected)
    {
        var (code, _, errors) = await NodeProcess.RunAsync(_folder.Path, "serve", arg, "--State:Folder=");

        Assert.Equal(1, code);
        Assert.Equal(expected, errors);
    }

    [Fact]
    public async Task Should_warn_of_a_setting_that_nobody_reads()
    {
        await using var node = await NodeProcess.ServeAsync(_folder.Path, "--Tracker:Address=127.0.0.1", "--Tracker:Port=0", "--Tracker:Prot=6969", "--State:Folder=");

        Assert.Contains("Tracker:Prot is no setting of this program", node.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_serve_over_ipv6_and_ipv4_at_once()
    {
        await using var node = await NodeProcess.ServeAsync(_folder.Path, "--Tracker:Address=127.0.0.1,::1", "--Tracker:Port=0", "--State:Folder=", "--Tracker:Udp:Enabled=false");
        await Eventually.IsTrueAsync(() => node.Output.Contains("Page: http://[::1]:", StringComparison.Ordinal), () => node.Output);
        using var http = new HttpClient();

        foreach (var line in node.Output.Split('\n').Where(line => line.Contains("Page: ", StringComparison.Ordinal)))
        {
            Assert.Equal("Healthy", await http.GetStringAsync(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim() + "health"));
        }
    }

    [Fact]
    public async Task Should_send_metrics_by_otlp_where_that_is_configured()
    {
        var received = new ConcurrentQueue<string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var collector = builder.Build();
        collector.MapPost("/v1/metrics", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            received.Enqueue(Encoding.Latin1.GetString(body.ToArray()));
        });
        await collector.StartAsync();

        await using (var node = await NodeProcess.ServeAsync(
            _folder.Path, "--Tracker:Address=127.0.0.1", "--Tracker:Port=0", "--State:Folder=", $"--Telemetry:OtlpEndpoint={collector.Urls.First()}"))
        {
            Assert.Equal(0, await node.TerminateAsync());
        }

        Assert.Contains(received, body => body.Contains("orchardtracker.announces", StringComparison.Ordinal) && body.Contains("orchardtracker-node", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_refuse_an_overlong_announce_in_a_form_that_clients_show()
    {
        await using var node = await NodeProcess.ServeAsync(_folder.Path, "--Tracker:Address=127.0.0.1", "--Tracker:Port=0", "--State:Folder=");
        using var http = new HttpClient { BaseAddress = node.Address };
        using var reply = await http.GetAsync(Announce + "7001&" + new string('x', 8192));

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.StartsWith("d14:failure reason23:the request is too long", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task StopWithOnePeerAsync(string[] args)
    {
        await using var node = await NodeProcess.ServeAsync(_folder.Path, args);
        using var http = new HttpClient { BaseAddress = node.Address };
        await http.GetStringAsync(Announce + "7001");
        Assert.Equal(0, await node.TerminateAsync());
    }
}
