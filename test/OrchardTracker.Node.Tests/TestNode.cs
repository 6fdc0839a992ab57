using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardTracker.BitTorrent;
using OrchardTracker.Publishing;
using OrchardTracker.Swarms;

namespace OrchardTracker.Node.Tests;

/// <summary>A node in this process, on a free port of the loopback, with a folder to publish and real HTTP.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestNode(WebApplication app, TemporaryFolder files, TemporaryFolder state, LogLines log)
    {
        _app = app;
        Files = files;
        State = state;
        Log = log;
        Address = new Uri(app.Urls.First());
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    public TemporaryFolder Files { get; }

    public TemporaryFolder State { get; }

    public LogLines Log { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public TrackerEngine Engine => _app.Services.GetRequiredService<TrackerEngine>();

    public FolderPublisher Publisher => _app.Services.GetRequiredService<FolderService>().Publisher!;

    public static Task<TestNode> StartAsync(params string[] settings) => StartAsync(_ => { }, settings);

    /// <param name="fill">Puts files into the folder before the node looks at it.</param>
    public static async Task<TestNode> StartAsync(Action<TemporaryFolder> fill, params string[] settings)
    {
        var (files, state, log) = (new TemporaryFolder(), new TemporaryFolder(), new LogLines());
        fill(files);
        string[] args =
        [
            "--Tracker:Address=127.0.0.1", "--Tracker:Port=0", $"--Publish:Folder={files.Path}", $"--State:Folder={state.Path}", "--Publish:Settle=0.2s", .. settings,
        ];
        var app = NodeApplication.Create(args, builder => builder.Logging.ClearProviders().AddProvider(log));
        await app.StartAsync();
        return new TestNode(app, files, state, log);
    }

    /// <summary>Waits until a file or folder is published.</summary>
    public async Task<PublishedTorrent> PublishedAsync(string name)
    {
        await Eventually.IsTrueAsync(
            () => Publisher.Torrents.Any(torrent => torrent.Name == name), () => $"{name} is published; the log is: {string.Join('\n', Log.All)}");
        return Publisher.Torrents.Single(torrent => torrent.Name == name);
    }

    public async Task<JsonNode> StatisticsAsync() => JsonNode.Parse(await Http.GetStringAsync("/stats.json"))!;

    public async Task<Metainfo> TorrentAsync(InfoHash hash) => Metainfo.Parse(await Http.GetByteArrayAsync($"/torrents/{hash}.torrent"));

    /// <summary>Announces as a client does; the answer is bencode.</summary>
    public Task<string> AnnounceAsync(InfoHash hash, string more = "&left=0&event=started", string path = "/announce") => Http.GetStringAsync(
        $"{path}?info_hash={string.Concat(hash.ToArray().Select(b => $"%{b:x2}"))}&peer_id=-OT0100-abcdefghijkl&port=7001{more}");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        Files.Dispose();
        State.Dispose();
    }
}
