using System.Net;
using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;

namespace OrchardTracker.Publishing.Tests.Seeding;

public sealed class SeederAnnounceTests
{
    private readonly MemoryPeerStore _swarms = new(new StoreLimits(), TimeProvider.System);

    [Fact]
    public async Task Should_stand_in_the_swarm_while_it_seeds()
    {
        await using var folder = new SeededFolder(tracker: new SwarmTracker(_swarms));

        var torrent = await folder.AddAsync(files: ("a.bin", 100_000));

        var hash = torrent.InfoHashes[0];
        var seeder = Assert.Single(_swarms.GetPeers(hash, 10));
        Assert.Equal((folder.Seeder.PeerId, folder.Seeder.Port), (seeder.Id, seeder.Endpoint.Port));
        Assert.True(_swarms.TryGetCounts(hash, out var counts));
        Assert.Equal((1, 0), (counts.Seeders, counts.Leechers));
        folder.Seeder.Remove(hash);
        Assert.Empty(_swarms.GetPeers(hash, 10));
    }

    [Fact]
    public async Task Should_announce_again_and_again()
    {
        var tracker = new SwarmTracker(_swarms);
        await using var folder = new SeededFolder(new SeederOptions { AnnounceInterval = TimeSpan.FromMilliseconds(1) }, tracker);

        await folder.AddAsync(files: ("a.bin", 100_000));

        await Eventually.IsTrueAsync(() => tracker.Announces >= 3, "it announces");
    }

    [Fact]
    public async Task Should_go_on_and_report_when_the_tracker_fails()
    {
        var tracker = new SwarmTracker(_swarms);
        var options = new SeederOptions { AnnounceInterval = TimeSpan.FromMilliseconds(1), HandshakeTimeout = TimeSpan.FromMilliseconds(1) };
        await using var folder = new SeededFolder(options, tracker);
        await folder.AddAsync(files: ("a.bin", 100_000));

        tracker.Fault = new ObjectDisposedException("the tracker's house");
        await Eventually.IsTrueAsync(() => folder.Faults.Count >= 2, "it tries again and again");
        using var silent = await TestPeer.ConnectAsync(folder.Seeder.Port);
        Assert.True(await silent.IsLetGoAsync());
        tracker.Fault = null;
        var announces = tracker.Announces;

        await Eventually.IsTrueAsync(() => tracker.Announces > announces, "it announces again");
        Assert.All(folder.Faults, fault => Assert.IsType<ObjectDisposedException>(fault));
    }

    [Fact]
    public async Task Should_stand_in_both_swarms_of_a_hybrid()
    {
        await using var folder = new SeededFolder(tracker: new SwarmTracker(_swarms));

        var torrent = await folder.AddAsync(MetainfoVersion.Hybrid, null, ("a.bin", 100_000));

        Assert.All(torrent.InfoHashes, hash => Assert.Single(_swarms.GetPeers(hash, 10)));
    }

    [Fact]
    public async Task Should_step_back_while_the_swarm_has_seeders_enough_of_its_own()
    {
        var tracker = new SwarmTracker(_swarms);
        var options = new SeederOptions { StepsBackAt = 2, SwarmCheckInterval = TimeSpan.FromMilliseconds(1) };
        await using var folder = new SeededFolder(options, tracker);
        var torrent = await folder.AddAsync(files: ("a.bin", 100_000));
        var hash = torrent.InfoHashes[0];
        using var peer = await TestPeer.JoinAsync(folder.Seeder, hash);

        tracker.Announce(hash, new PeerId("-TS0000-seeder1_____"u8), 1001, AnnounceEvent.Started, 0);
        tracker.Announce(hash, new PeerId("-TS0000-seeder2_____"u8), 1002, AnnounceEvent.Started, 0);

        await Eventually.IsTrueAsync(() => torrent.IsResting, "it steps back");
        Assert.True(await peer.IsLetGoAsync());
        Assert.Equal(2, _swarms.GetPeers(hash, 10).Count);
        using (var late = await TestPeer.ConnectAsync(folder.Seeder.Port))
        {
            await late.SendHandshakeAsync(hash);
            Assert.True(await late.IsLetGoAsync());
        }

        tracker.Announce(hash, new PeerId("-TS0000-seeder2_____"u8), 1002, AnnounceEvent.Stopped, 0);

        await Eventually.IsTrueAsync(
            () => !torrent.IsResting && _swarms.GetPeers(hash, 10).Any(peer => peer.Id == folder.Seeder.PeerId), "it returns");
        using var next = await TestPeer.JoinAsync(folder.Seeder, hash);
    }

    private sealed class SwarmTracker(MemoryPeerStore swarms) : ISeedTracker
    {
        private int _announces;

        public int Announces => Volatile.Read(ref _announces);

        public Exception? Fault { get; set; }

        public void Announce(InfoHash infoHash, PeerId peerId, int port, AnnounceEvent announceEvent, long uploaded)
        {
            if (Fault is { } fault)
            {
                throw fault;
            }

            Interlocked.Increment(ref _announces);
            var announce = new PeerAnnounce
            {
                InfoHash = infoHash,
                PeerId = peerId,
                Address = PeerAddress.From(IPAddress.Loopback),
                Port = (ushort)port,
                Event = announceEvent,
                Uploaded = uploaded,
            };
            swarms.Announce(announce, default);
        }

        public int CountOtherSeeders(InfoHash infoHash, PeerId peerId) =>
            swarms.GetPeers(infoHash, 100).Count(peer => peer.IsSeeder && peer.Id != peerId);
    }
}
