using System.Text.Json.Nodes;

namespace OrchardTracker.Interop.Tests.Node;

/// <summary>libtorrent, driven by a small Python program.</summary>
internal sealed class Libtorrent : IClient
{
    private readonly Running _process;

    private Libtorrent(Running process, string folder)
    {
        _process = process;
        Folder = folder;
    }

    public string Folder { get; }

    private JsonNode? State => _process.Lines.LastOrDefault(line => line is ['{', ..]) is { } line ? JsonNode.Parse(line) : null;

    public static async Task<Libtorrent> StartAsync(string torrent, string folder, string ip)
    {
        var tool = await Tool.RequireLibtorrentAsync(Path.Combine("Node", "libtorrent_client.py"));
        var address = ip.Contains(':', StringComparison.Ordinal) ? $"[{ip}]" : ip;
        return new Libtorrent(new Running(tool, torrent, folder, $"{address}:{FreePort.Next()}"), folder);
    }

    public Task<bool> IsCompleteAsync() =>
        _process.HasExited ? throw new InvalidOperationException($"libtorrent has ended: {this}") : Task.FromResult((bool?)State?["isComplete"] == true);

    public async Task AssertTrackerWorksAsync()
    {
        JsonNode? state = null;
        await Eventually.IsTrueAsync(() => (state = State)?["replies"]!.AsArray().Count > 0, () => $"libtorrent tells of a tracker's reply: {this}");
        Assert.Empty(state!["errors"]!.AsArray());
        Assert.NotEmpty(state["verified"]!.AsArray());
    }

    public Task<string> TrackerStatusAsync() => Task.FromResult(string.Join('\n', State?["errors"]!.AsArray().Select(error => (string?)error) ?? []));

    public override string ToString() => $"libtorrent: {_process}";

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
