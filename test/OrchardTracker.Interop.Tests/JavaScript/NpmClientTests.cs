using System.Text.Json.Nodes;
using OrchardTracker.Interop.Tests.Node;

namespace OrchardTracker.Interop.Tests.JavaScript;

/// <summary>The client of npm's bittorrent-tracker, which WebTorrent uses, as a peer of its own.</summary>
public sealed class NpmClientTests(NpmPackage package) : IClassFixture<NpmPackage>
{
    // It asks over UDP by IPv4 only.
    [Theory]
    [InlineData("udp", "127.0.0.1")]
    [InlineData("http", "127.0.0.1")]
    [InlineData("http", "::1")]
    public async Task Should_announce_complete_scrape_and_stop(string scheme, string ip)
    {
        var program = package.Require();
        using var files = new SharedFiles(isFolder: false);
        await using var node = await RunningNode.StartAsync(files, ip, "--Tracker:Udp:Enabled=true", "--Publish:WebSeeds=false");
        await using var first = Start(program, node, scheme, 7001);
        await using var second = Start(program, node, scheme, 7002);

        first.Tell("start 0");
        await AnsweredAsync(first, """{"event":"update","complete":1,"incomplete":0}""");
        await node.HasAsync(seeders: 1, leechers: 0, downloads: 0, first);

        second.Tell("start 1000");
        await AnsweredAsync(second, """{"event":"update","complete":1,"incomplete":1}""");
        await AnsweredAsync(second, new JsonObject { ["event"] = "peer", ["peer"] = ip.Contains(':', StringComparison.Ordinal) ? $"[{ip}]:7001" : $"{ip}:7001" }.ToJsonString());
        await node.HasAsync(seeders: 1, leechers: 1, downloads: 0, second);

        second.Tell("complete");
        await node.HasAsync(seeders: 2, leechers: 0, downloads: 1, second);
        second.Tell("scrape");
        await AnsweredAsync(second, """{"event":"scrape","complete":2,"incomplete":0,"downloaded":1}""");

        second.Tell("stop");
        await node.HasAsync(seeders: 1, leechers: 0, downloads: 1, second);
        await node.AssertNothingWasRefusedAsync();
        Assert.DoesNotContain(first.Lines.Concat(second.Lines), line => line.Contains("warning", StringComparison.Ordinal) || line.Contains("error", StringComparison.Ordinal));
        var (http, udp) = await node.RequestsAsync();
        Assert.Equal(0, scheme == "udp" ? http : udp);
    }

    private static Running Start(string program, RunningNode node, string scheme, int port)
    {
        var url = node.Torrent.AnnounceTiers.SelectMany(tier => tier).Single(url => url.StartsWith($"{scheme}://", StringComparison.Ordinal));
        return new Running(
            Tool.Require("node", "nodejs"),
            program, url, $"{node.Torrent.TrackerHashes[0]}",
            Convert.ToHexStringLower("-WW0208-abcdefgh"u8) + $"{port:x8}", $"{port}");
    }

    private static Task AnsweredAsync(Running client, string line) =>
        Eventually.IsTrueAsync(() => !client.HasExited ? client.Lines.Contains(line) : throw new InvalidOperationException($"The client has ended: {client}"), () => $"the client is answered {line}: {client}");
}
