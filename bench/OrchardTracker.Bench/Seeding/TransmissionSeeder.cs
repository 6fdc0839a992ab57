using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OrchardTracker.Interop.Tests.Node;

namespace OrchardTracker.Bench;

/// <summary>Transmission's daemon, told by its RPC what to seed.</summary>
internal sealed class TransmissionSeeder : IDisposable
{
    private const int Slots = 100;
    private const int Stopped = 0;
    private const int Seeding = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http;

    private TransmissionSeeder(int port) => _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/transmission/rpc") };

    public static async Task<RunningSeeder> StartAsync(string torrent, string file)
    {
        var (rpcPort, port, folder) = (FreePort.Next(), FreePort.Next(), Path.GetDirectoryName(file)!);
        var session = Directory.CreateDirectory(Path.Combine(folder, "transmission")).FullName;
        await File.WriteAllTextAsync(Path.Combine(session, "settings.json"), Settings(rpcPort, port, folder).ToJsonString());
        var process = ToolProcess.Start("transmission-daemon", "--foreground", "--config-dir", session, "--log-error");
        try
        {
            using var client = new TransmissionSeeder(rpcPort);
            await client.SeedAsync(await File.ReadAllBytesAsync(torrent)).WaitAsync(Patience);
            return new RunningSeeder("Transmission", process, port, Slots);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    public void Dispose() => _http.Dispose();

    private static JsonObject Settings(int rpcPort, int port, string folder) => new()
    {
        ["rpc-enabled"] = true,
        ["rpc-port"] = rpcPort,
        ["rpc-bind-address"] = "127.0.0.1",
        ["rpc-authentication-required"] = false,
        ["rpc-host-whitelist-enabled"] = false,
        ["peer-port"] = port,
        ["bind-address-ipv4"] = "127.0.0.1",
        ["bind-address-ipv6"] = "::1",
        ["download-dir"] = folder,
        ["dht-enabled"] = false,
        ["pex-enabled"] = false,
        ["lpd-enabled"] = false,
        ["utp-enabled"] = false,
        ["port-forwarding-enabled"] = false,
        ["encryption"] = 0,
        ["upload-slots-per-torrent"] = Slots,
        ["speed-limit-up-enabled"] = false,
        ["ratio-limit-enabled"] = false,
        ["idle-seeding-limit-enabled"] = false,
    };

    private async Task SeedAsync(byte[] torrent)
    {
        while (!await IsUpAsync())
        {
            await Task.Delay(100);
        }

        await CallAsync("torrent-add", new JsonObject { ["metainfo"] = Convert.ToBase64String(torrent), ["paused"] = true });

        // It takes the file for whole only when it has been told to look at it.
        await CallAsync("torrent-verify", []);
        await BecomeAsync(Stopped);
        await CallAsync("torrent-start-now", []);
        await BecomeAsync(Seeding);
    }

    private async Task BecomeAsync(int status)
    {
        do
        {
            await Task.Delay(100);
        }
        while (await CallAsync("torrent-get", new JsonObject { ["fields"] = new JsonArray("status", "percentDone") }) is var state
            && ((int?)state["torrents"]![0]!["status"] != status || (double?)state["torrents"]![0]!["percentDone"] != 1));
    }

    private async Task<bool> IsUpAsync()
    {
        try
        {
            await CallAsync("session-get", []);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<JsonNode> CallAsync(string method, JsonObject arguments)
    {
        var body = new JsonObject { ["method"] = method, ["arguments"] = arguments };
        var reply = await _http.PostAsJsonAsync((Uri?)null, body);
        if (reply.StatusCode == HttpStatusCode.Conflict)
        {
            // The first answer hands out what every further question must bring.
            _http.DefaultRequestHeaders.Add("X-Transmission-Session-Id", reply.Headers.GetValues("X-Transmission-Session-Id").Single());
            reply = await _http.PostAsJsonAsync((Uri?)null, body);
        }

        var answer = (await reply.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!;
        return (string?)answer["result"] == "success" ? answer["arguments"]! : throw new InvalidOperationException($"Transmission, {method}: {answer["result"]}");
    }
}
