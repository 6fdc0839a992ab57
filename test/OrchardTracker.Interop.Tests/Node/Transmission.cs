using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace OrchardTracker.Interop.Tests.Node;

/// <summary>Transmission's daemon, asked by its RPC, which is what transmission-remote uses.</summary>
internal sealed class Transmission : IClient
{
    private readonly Running _process;
    private readonly HttpClient _http;
    private JsonNode? _last;

    private Transmission(Running process, int port, string folder)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/transmission/rpc") };
        Folder = folder;
    }

    public string Folder { get; }

    public static async Task<Transmission> StartAsync(string torrent, string folder, string ip)
    {
        var tool = Tool.Require("transmission-daemon", "transmission-daemon");
        var (port, settings) = (FreePort.Next(), Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(folder)!, $"{Guid.NewGuid():n}")).FullName);
        await File.WriteAllTextAsync(Path.Combine(settings, "settings.json"), Settings(port, folder, ip).ToJsonString());
        var client = new Transmission(new Running(tool, "--foreground", "--config-dir", settings, "--log-error"), port, folder);
        try
        {
            await Eventually.IsTrueAsync(async () => client._process.HasExited || await client.IsUpAsync(), () => $"Transmission is up: {client}");
            var adding = new JsonObject { ["download-dir"] = folder, ["paused"] = true };
            if (torrent.StartsWith(Clients.MagnetPrefix, StringComparison.Ordinal))
            {
                // It knows no files yet that it could look at.
                Assert.NotNull((await client.CallAsync("torrent-add", new JsonObject { ["download-dir"] = folder, ["filename"] = torrent }))["torrent-added"]);
                return client;
            }

            adding["metainfo"] = Convert.ToBase64String(await File.ReadAllBytesAsync(torrent));
            var added = await client.CallAsync("torrent-add", adding);
            Assert.NotNull(added["torrent-added"]);

            // It looks at what is there when it is told to; then it announces once, as what it is.
            await client.CallAsync("torrent-verify", new JsonObject());
            await Eventually.IsTrueAsync(async () => (int?)(await client.TorrentAsync())["status"] == 0, () => $"Transmission has looked at its files: {client}");
            await client.CallAsync("torrent-start-now", new JsonObject());
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    public async Task<bool> IsCompleteAsync()
    {
        var torrent = await TorrentAsync();
        return (double?)torrent["percentDone"] == 1 && (int?)torrent["status"] == 6;
    }

    public async Task AssertTrackerWorksAsync()
    {
        // The others are its reserve, which it has not asked.
        JsonNode[] asked = [];
        await Eventually.IsTrueAsync(
            async () => (asked = [.. (await TorrentAsync())["trackerStats"]!.AsArray().Where(tracker => (bool)tracker!["hasAnnounced"]!).Select(tracker => tracker!)]).Length > 0,
            () => $"Transmission has announced: {this}");
        Assert.All(asked, tracker =>
        {
            Assert.True((bool?)tracker["lastAnnounceSucceeded"], tracker.ToJsonString());
            Assert.Equal("Success", (string?)tracker["lastAnnounceResult"]);
        });
        var torrent = await TorrentAsync();
        Assert.Equal((0, ""), ((int?)torrent["error"], (string?)torrent["errorString"]));
    }

    public async Task<string> TrackerStatusAsync() =>
        string.Join('\n', (await TorrentAsync())["trackerStats"]!.AsArray().Select(tracker => (string?)tracker!["lastAnnounceResult"]));

    public override string ToString() => $"Transmission: {_process}\n{_last?.ToJsonString()}";

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }

    private static JsonObject Settings(int port, string folder, string ip) => new()
    {
        ["rpc-enabled"] = true,
        ["rpc-port"] = port,
        ["rpc-bind-address"] = "127.0.0.1",
        ["rpc-authentication-required"] = false,
        ["rpc-host-whitelist-enabled"] = false,
        ["peer-port"] = FreePort.Next(),

        // From the first of these that is not the default it asks trackers too.
        ["bind-address-ipv4"] = ip.Contains(':', StringComparison.Ordinal) ? "0.0.0.0" : ip,
        ["bind-address-ipv6"] = ip.Contains(':', StringComparison.Ordinal) ? ip : "::1",
        ["download-dir"] = folder,
        ["dht-enabled"] = false,
        ["pex-enabled"] = false,
        ["lpd-enabled"] = false,
        ["utp-enabled"] = false,
        ["port-forwarding-enabled"] = false,
        ["scrape-paused-torrents-enabled"] = false,
        ["encryption"] = 1,
    };

    private async Task<bool> IsUpAsync()
    {
        try
        {
            await CallAsync("session-get", new JsonObject());
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<JsonNode> TorrentAsync()
    {
        var fields = new JsonArray("percentDone", "status", "error", "errorString", "trackerStats", "metadataPercentComplete", "peers");
        return _last = (await CallAsync("torrent-get", new JsonObject { ["fields"] = fields }))["torrents"]![0]!;
    }

    private async Task<JsonNode> CallAsync(string method, JsonObject arguments)
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"Transmission has ended: {this}");
        }

        var body = new JsonObject { ["method"] = method, ["arguments"] = arguments };
        var reply = await _http.PostAsJsonAsync((Uri?)null, body);
        if (reply.StatusCode == HttpStatusCode.Conflict)
        {
            // The first answer hands out what every further question must bring.
            _http.DefaultRequestHeaders.Add("X-Transmission-Session-Id", reply.Headers.GetValues("X-Transmission-Session-Id").Single());
            reply = await _http.PostAsJsonAsync((Uri?)null, body);
        }

        var answer = (await reply.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal("success", (string?)answer["result"]);
        return answer["arguments"]!;
    }
}
