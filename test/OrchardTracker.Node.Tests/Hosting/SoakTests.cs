using System.Globalization;
using System.Text.Json.Nodes;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Node.Tests.Hosting;

/// <summary>The node under clients and files that come and go, for as long as leaks need to show.</summary>
public sealed class SoakTests : IDisposable
{
    private const int Rounds = 200;
    private const int AnnouncesPerRound = 5_000;

    // By then everything has been compiled, and every pool filled.
    private const int WarmRounds = 60;

    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = new(7);

    public void Dispose() => _folder.Dispose();

    [Fact(Explicit = true)]
    public async Task Should_neither_grow_nor_fail_while_clients_and_files_come_and_go()
    {
        Directory.CreateDirectory(_folder["files"]);
        await using var node = await NodeProcess.ServeAsync(
            _folder.Path, "--Tracker:Address=127.0.0.1", "--Tracker:Port=0", "--Publish:Folder=files", "--Publish:Settle=0.2s", "--State:Folder=state",
            "--Tracker:RateLimit:Enabled=false", "--Tracker:Interval=5s", "--Tracker:MinInterval=1s", "--Tracker:Limits:PeerLifetime=10s",
            "--Tracker:Limits:EmptySwarmLifetime=20s", "--Tracker:SweepInterval=1s");
        using var http = new HttpClient { BaseAddress = node.Address };
        using var client = new TrackerClient();
        var warm = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            _folder.Write($"files/file {round}.bin", 100_000 + round, seed: round);
            File.Delete(_folder[$"files/file {round - 5}.bin"]);
            await AnnounceAsync(client, node.Address);
            await http.GetStringAsync("/");
            warm = round == WarmRounds ? await MemoryAsync(http) : warm;
        }

        Assert.InRange(await MemoryAsync(http), 0, (1.5 * warm) + (64 << 20));
        Assert.Empty((await StatisticsAsync(http))["failures"]!.AsObject());
        Assert.Equal("Healthy", await http.GetStringAsync("/health"));
        await Eventually.IsTrueAsync(
            async () => await StatisticsAsync(http) is var now && (int)now["peers"]! == 0 && (int)now["swarms"]! == 0, () => "peers and swarms that nobody keeps are gone");
        await Eventually.IsTrueAsync(
            async () => (await StatisticsAsync(http))["torrents"]!.AsArray().Count == 5, () => "the page has the files that are there");
        Assert.DoesNotContain("fail", node.Output, StringComparison.Ordinal);
        Assert.Equal("", node.Errors);
        Assert.Equal(0, await node.TerminateAsync());
    }

    /// <summary>Over HTTP most of them, for that is cheaper for this client; each as a peer that nobody has seen.</summary>
    private async Task AnnounceAsync(TrackerClient client, Uri node)
    {
        var announces = Enumerable.Range(0, AnnouncesPerRound).Select(i => (Scheme: i % 50 == 0 ? "udp" : "http", Request: RandomAnnounce())).ToArray();
        await Parallel.ForEachAsync(announces, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (announce, cancellation) =>
            await client.AnnounceAsync($"{announce.Scheme}://127.0.0.1:{node.Port}/announce", announce.Request, cancellation));
    }

    private TrackerAnnounceRequest RandomAnnounce()
    {
        Span<byte> bytes = stackalloc byte[20];
        _random.NextBytes(bytes);

        // A few torrents of many peers, many of few.
        var hash = new byte[InfoHash.Length];
        bytes[.._random.Next(1, 3)].CopyTo(hash);
        return new TrackerAnnounceRequest
        {
            InfoHash = new InfoHash(hash),
            PeerId = new PeerId(bytes),
            Port = _random.Next(1, 65536),
            Left = _random.Next(2),
            Event = (AnnounceEvent)_random.Next(4),
        };
    }

    private static async Task<double> MemoryAsync(HttpClient http)
    {
        const string Name = "dotnet_process_memory_working_set_bytes ";
        var line = (await http.GetStringAsync("/metrics")).Split('\n').Single(line => line.StartsWith(Name, StringComparison.Ordinal));
        return double.Parse(line[Name.Length..], CultureInfo.InvariantCulture);
    }

    private static async Task<JsonNode> StatisticsAsync(HttpClient http) => JsonNode.Parse(await http.GetStringAsync("/stats.json"))!;
}
