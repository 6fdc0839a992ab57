using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Interop.Tests.Node;

/// <summary>aria2, asked by its JSON-RPC.</summary>
internal sealed class Aria2 : IClient
{
    private readonly Running _process;
    private readonly HttpClient _http;
    private readonly string _log;

    private Aria2(Running process, int port, string folder, string log)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/jsonrpc") };
        _log = log;
        Folder = folder;
    }

    public string Folder { get; }

    public static Aria2 Start(string torrent, string folder, string ip)
    {
        var tool = Tool.Require("aria2c", "aria2");
        var (port, log) = (FreePort.Next(), Path.Combine(Path.GetDirectoryName(folder)!, $"{Guid.NewGuid():n}.log"));
        string[] dht = SpeaksUdp(torrent, ip)
            // It speaks to UDP trackers from the socket of its DHT, or not at all. That knows no node here, and finds nobody.
            ? ["--enable-dht=true", $"--dht-listen-port={FreePort.Next()}", $"--dht-file-path={log}.dht"]
            : ["--enable-dht=false"];
        var process = new Running(
            tool,
            [.. dht, "--no-conf", $"--dir={folder}", $"--disable-ipv6={(ip.Contains(':', StringComparison.Ordinal) ? "false" : "true")}", $"--listen-port={FreePort.Next()}",
            "--enable-dht6=false", "--bt-enable-lpd=false", "--enable-peer-exchange=false",
            "--enable-rpc=true", $"--rpc-listen-port={port}", "--check-integrity=true", "--seed-ratio=0.0", "--file-allocation=none",
            $"--log={log}", "--log-level=debug", "--console-log-level=warn", "--show-console-readout=false", torrent]);
        return new Aria2(process, port, folder, log);
    }

    public async Task<bool> IsCompleteAsync()
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"aria2 has ended: {this}");
        }

        try
        {
            var active = await CallAsync("aria2.tellActive");
            return active.Any(download => (string?)download!["seeder"] == "true" && (string?)download["completedLength"] == (string?)download["totalLength"]);
        }
        catch (HttpRequestException)
        {
            // Its RPC is not up yet.
            return false;
        }
    }

    public async Task AssertTrackerWorksAsync()
    {
        // Its RPC tells nothing of trackers, its log everything; a moment after the tracker knows of it.
        string[] log = [];
        await Eventually.IsTrueAsync(
            async () => HasAnswer(log = await File.ReadAllLinesAsync(_log)),
            () => $"aria2 has read what the tracker says\n{this}");
        if (log.Any(IsAnswerOverUdp))
        {
            Assert.DoesNotContain(log, line => line.Contains("UDPT received ERROR", StringComparison.Ordinal));
        }

        Assert.DoesNotContain(log, line => line.Contains("Tracker returned", StringComparison.Ordinal) || (line.Contains("Tracker request", StringComparison.Ordinal) && line.Contains("failed", StringComparison.Ordinal)));
    }

    private static bool HasAnswer(string[] log) =>
        log.Any(IsAnswerOverUdp)
        || (log.Any(line => line.EndsWith("Now processing tracker response.", StringComparison.Ordinal))
            && log.Any(line => line.Contains("] Interval:", StringComparison.Ordinal)));

    private static bool IsAnswerOverUdp(string line) => line.EndsWith("Now processing UDP tracker response.", StringComparison.Ordinal);

    public async Task<string> TrackerStatusAsync() =>
        File.Exists(_log) ? string.Join('\n', (await File.ReadAllLinesAsync(_log)).Where(line => line.Contains("UDPT", StringComparison.Ordinal))) : "";

    public override string ToString() => $"aria2: {_process}\n{(File.Exists(_log) ? string.Join('\n', File.ReadLines(_log).Where(IsOfDownload).TakeLast(60)) : "")}";

    // What it says of our own questions would hide the rest.
    private static bool IsOfDownload(string line) =>
        (line.Contains("CUID#", StringComparison.Ordinal) || line.Contains("errorCode", StringComparison.Ordinal))
        && !line.Contains("Http", StringComparison.Ordinal) && !line.Contains("request", StringComparison.OrdinalIgnoreCase);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }

    private static bool SpeaksUdp(string torrent, string ip) =>
        !ip.Contains(':', StringComparison.Ordinal) && !torrent.StartsWith(Clients.MagnetPrefix, StringComparison.Ordinal)
        && Metainfo.Parse(File.ReadAllBytes(torrent)).AnnounceTiers.SelectMany(tier => tier).Any(url => url.StartsWith("udp:", StringComparison.Ordinal));

    private async Task<JsonArray> CallAsync(string method)
    {
        // With a length: its server takes no chunks.
        using var question = new StringContent($$"""{"jsonrpc":"2.0","id":"1","method":"{{method}}","params":[]}""", Encoding.UTF8, "application/json");
        using var reply = await _http.PostAsync((Uri?)null, question);
        return (JsonArray)(await reply.Content.ReadFromJsonAsync<JsonNode>())!["result"]!;
    }
}
