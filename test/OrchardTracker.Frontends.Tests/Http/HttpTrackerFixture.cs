using System.Net;
using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends.Tests.Http;

/// <summary>A tracker for each test, and the short words to ask it.</summary>
public abstract class HttpTrackerFixture : IAsyncLifetime
{
    private TrackerServer? _server;

    protected TrackerServer Server => _server ?? throw new InvalidOperationException("The server has not started.");

    protected TrackerEngine Engine => Server.Engine;

    public async ValueTask InitializeAsync() => _server = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Server.DisposeAsync();
    }

    protected virtual Task<TrackerServer> StartAsync() => TrackerServer.StartAsync();

    protected void Use(Func<TrackerSettings, TrackerSettings> change) => Engine.Settings = change(Engine.Settings);

    protected void UseOptions(Func<HttpTrackerOptions, HttpTrackerOptions> change) => Server.Tracker.Options = change(Server.Tracker.Options);

    protected Task<HttpReply> Get(object target, params string[] headers) => Server.GetAsync($"{target}", headers);

    protected Task<HttpReply> GetOverV6(object target)
    {
        Assert.SkipWhen(Server.V6 is null, "This machine has no IPv6.");
        return Server.SendAsync("GET", $"{target}", Server.V6);
    }

    protected IReadOnlyList<PeerView> Peers(InfoHash? hash = null) => Engine.Store.GetPeers(hash ?? AnnounceUrl.Torrent, 1000);

    protected static IReadOnlyList<IPEndPoint> Unpack(byte[] peers, int length) =>
        [.. peers.Chunk(length).Select(peer => new IPEndPoint(new IPAddress(peer.AsSpan(0, length - 2)), peer[^2] << 8 | peer[^1]))];

    /// <summary>Puts peers into the swarm without the wire.</summary>
    protected void Fill(int count, bool isV6 = false, long left = 1, InfoHash? hash = null)
    {
        for (var number = 1; number <= count; number++)
        {
            var address = isV6 ? IPAddress.Parse($"2001:db8::{number:x}") : new IPAddress([10, 0, (byte)(number >> 8), (byte)number]);
            Engine.Store.Announce(
                new PeerAnnounce
                {
                    InfoHash = hash ?? AnnounceUrl.Torrent,
                    PeerId = new PeerId(System.Text.Encoding.ASCII.GetBytes($"-FI0001-{(isV6 ? 6 : 4)}{number:d11}")),
                    Address = PeerAddress.From(address),
                    Port = 6881,
                    Left = left,
                },
                default);
        }
    }
}
