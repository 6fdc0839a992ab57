using System.Globalization;
using System.Text.Json.Nodes;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Interop.Tests.Node;

/// <summary>The node as a process of its own, publishing what is shared.</summary>
internal sealed class RunningNode : IAsyncDisposable
{
    private readonly Running _process;
    private readonly HttpClient _http;

    private RunningNode(Running process, Uri address)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = address };
    }

    /// <summary>The torrent, as downloaded from the node's page.</summary>
    public required Metainfo Torrent { get; init; }

    /// <summary>The same as a file.</summary>
    public required string TorrentFile { get; init; }

    /// <summary>Over HTTP alone, unless the settings say otherwise: some clients would prefer UDP.</summary>
    public static async Task<RunningNode> StartAsync(SharedFiles files, string ip, params string[] settings)
    {
        var process = new Running(
            Tool.Require("dotnet", "dotnet-sdk-10.0"),
            [
                Path.Combine(AppContext.BaseDirectory, "OrchardTracker.Node.dll"), $"--Tracker:Address={ip}", $"--Tracker:Port={FreePort.Next()}",
                $"--Publish:Folder={files.Source}", $"--State:Folder={files.NewFolder("state")}", "--Publish:Settle=0.2s",
                "--Tracker:Udp:Enabled=false", .. settings,
            ]);
        try
        {
            await Eventually.IsTrueAsync(() => process.HasExited || Line(process, "Published: ") is not null && Line(process, "Page: ") is not null, () => $"the node has published: {process}");
            var page = Line(process, "Page: ") ?? throw new InvalidOperationException($"The node does not serve: {process}");
            var address = new Uri(page[page.IndexOf("http", StringComparison.Ordinal)..]);
            using var http = new HttpClient { BaseAddress = address };
            var statistics = JsonNode.Parse(await http.GetStringAsync("stats.json"))!;
            var bytes = await http.GetByteArrayAsync($"torrents/{statistics["torrents"]![0]!["infoHashV1"]}.torrent");
            var file = Path.Combine(files.NewFolder("torrents"), "shared.torrent");
            await File.WriteAllBytesAsync(file, bytes);
            return new RunningNode(process, address) { Torrent = Metainfo.Parse(bytes), TorrentFile = file };
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>How many seeders and leechers the node knows, and how many downloads it has counted.</summary>
    public async Task<(int Seeders, int Leechers, int Downloads)> CountsAsync()
    {
        var torrent = JsonNode.Parse(await _http.GetStringAsync("stats.json"))!["torrents"]![0]!;
        return ((int)torrent["seeders"]!, (int)torrent["leechers"]!, (int)torrent["downloads"]!);
    }

    /// <summary>Waits until the node counts so many.</summary>
    public async Task HasAsync(int seeders, int leechers, int downloads, params object[] clients)
    {
        (int, int, int) counts = default;
        await Eventually.IsTrueAsync(
            async () => (counts = await CountsAsync()) == (seeders, leechers, downloads),
            () => $"the node counts {seeders} seeders, {leechers} leechers, {downloads} downloads; it counts {counts}\n{_process}\n{string.Join('\n', clients)}");
    }

    /// <summary>Waits until the node knows one client, whichever: who is complete before the first answer comes may tell of it later.</summary>
    public Task HasOneClientAsync(object client) => Eventually.IsTrueAsync(
        async () => await CountsAsync() is (1, 0, _) or (0, 1, _), () => $"the node knows one client\n{_process}\n{client}");

    /// <summary>How many announces and scrapes have come over HTTP, and how many datagrams over UDP.</summary>
    public async Task<(long Http, long Udp)> RequestsAsync()
    {
        var lines = (await _http.GetStringAsync("metrics")).Split('\n');
        return (Read("http"), Read("udp"));

        long Read(string protocol)
        {
            var start = $"orchardtracker_requests_total{{network_protocol_name=\"{protocol}\"}} ";
            return long.Parse(lines.Single(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>How many announces have come from addresses of each family.</summary>
    public async Task<(long IPv4, long IPv6)> AnnouncesAsync()
    {
        var announces = JsonNode.Parse(await _http.GetStringAsync("stats.json"))!["announces"]!;
        return ((long)announces["ipv4"]!, (long)announces["ipv6"]!);
    }

    /// <summary>Leaves only the trackers of these schemes in the torrent's file, each in a tier of its own.</summary>
    public async Task KeepTrackersAsync(params string[] schemes)
    {
        var trackers = Torrent.AnnounceTiers.SelectMany(tier => tier).ToArray();
        var tiers = schemes.Select(scheme => (IReadOnlyList<string>)[trackers.Single(url => url.StartsWith($"{scheme}://", StringComparison.Ordinal))]);
        await File.WriteAllBytesAsync(TorrentFile, Torrent.ToBytes(new MetainfoEdit().SetTrackers([.. tiers])));
    }

    /// <summary>No announce was refused.</summary>
    public async Task AssertNothingWasRefusedAsync() =>
        Assert.Empty(JsonNode.Parse(await _http.GetStringAsync("stats.json"))!["failures"]!.AsObject());

    public override string ToString() => _process.ToString();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }

    private static string? Line(Running process, string text) => process.Lines.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal));
}
