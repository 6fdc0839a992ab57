using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using OrchardTracker.BitTorrent;
using OrchardTracker.Frontends;
using OrchardTracker.Swarms;

namespace OrchardTracker.Interop.Tests.Node;

/// <summary>A private tracker in this process, with one torrent and two users, on one port of HTTP and UDP.</summary>
internal sealed class PrivateTracker : IAsyncDisposable, ITrackerEvents
{
    private readonly WebApplication _app;
    private readonly UdpTracker _udp;
    private readonly Passkey[] _passkeys = [new(RandomNumberGenerator.GetBytes(Passkey.Length)), new(RandomNumberGenerator.GetBytes(Passkey.Length))];
    private readonly ConcurrentDictionary<int, long> _downloaded = new();
    private readonly string _host;

    private PrivateTracker(SharedFiles files, Metainfo torrent, IPAddress address)
    {
        (Files, Torrent) = (files, torrent);
        Engine = new TrackerEngine(new TrackerSettings { Mode = TrackerMode.Private }, TimeProvider.System) { Events = this };
        Engine.Torrents.Set(new TorrentEntry(torrent.TrackerHashes[0]));
        for (var user = 1; user <= _passkeys.Length; user++)
        {
            Engine.Passkeys.Set(user, _passkeys[user - 1].Digest());
        }

        var endPoint = new IPEndPoint(address, FreePort.Next());
        _host = endPoint.ToString();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(endPoint, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.UseBareIPv6Hosts();
        }));
        _app = builder.Build();
        _app.UseTracker(new HttpTracker(Engine, new HttpTrackerOptions()));
        _udp = new UdpTracker(Engine, new UdpTrackerOptions { EndPoint = endPoint }, TimeProvider.System);
    }

    public TrackerEngine Engine { get; }

    public SharedFiles Files { get; }

    public Metainfo Torrent { get; }

    /// <summary>Users who have completed the torrent, each as often as it was counted.</summary>
    public ConcurrentQueue<int> Completions { get; } = [];

    public IReadOnlyDictionary<int, long> Downloaded => _downloaded;

    public SwarmCounts Counts => Engine.Scrape(Torrent.TrackerHashes[0]);

    /// <summary>The numbers of the users who are in the swarm now.</summary>
    public IEnumerable<int> Users => Engine.Store.GetPeers(Torrent.TrackerHashes[0], 9).Select(peer => peer.User).Order();

    public static async Task<PrivateTracker> StartAsync(string ip)
    {
        var files = new SharedFiles(isFolder: false);
        var torrent = await TorrentCreator.CreateFromFileAsync(Path.Combine(files.Source, files.Name), new TorrentOptions { IsPrivate = true });
        var tracker = new PrivateTracker(files, torrent, IPAddress.Parse(ip));
        await tracker._app.StartAsync();
        return tracker;
    }

    /// <summary>The torrent as a user downloads it: with the passkey in each URL, a tier for each scheme.</summary>
    public string TorrentFileOf(int user, params string[] schemes) => TorrentFileWith(_passkeys[user - 1], schemes);

    public string TorrentFileWith(Passkey passkey, params string[] schemes)
    {
        var file = Path.Combine(Files.NewFolder($"{Guid.NewGuid():n}"), "shared.torrent");
        var tiers = schemes.Select(scheme => (IReadOnlyList<string>)[$"{scheme}://{_host}/announce/{passkey.Reveal()}"]);
        File.WriteAllBytes(file, Torrent.ToBytes(new MetainfoEdit().SetTrackers([.. tiers])));
        return file;
    }

    public void OnAccount(in AccountDelta delta, in PeerAnnounce announce)
    {
        var downloaded = delta.Downloaded;
        _downloaded.AddOrUpdate(announce.User, downloaded, (_, sum) => sum + downloaded);
    }

    public void OnCompleted(in PeerAnnounce announce) => Completions.Enqueue(announce.User);

    public override string ToString() => $"tracker: {Counts}, users {string.Join(' ', Users)}, completed {string.Join(' ', Completions)}";

    public async ValueTask DisposeAsync()
    {
        _udp.Dispose();
        await _app.DisposeAsync();
        Files.Dispose();
    }
}
