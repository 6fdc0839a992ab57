using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace OrchardTracker.Publishing.Tests.Seeding;

public sealed class SeederAdmissionTests
{
    [Fact]
    public async Task Should_tell_nothing_to_a_peer_that_may_not_be_let_in()
    {
        await using var folder = new SeededFolder();
        var torrent = await folder.AddAsync(admits: (_, _) => ValueTask.FromResult(false), files: ("a.bin", 100_000));
        using var peer = await TestPeer.ConnectAsync(folder.Seeder.Port);
        await peer.SendHandshakeAsync(torrent.InfoHashes[0]);

        // Not even a handshake, by which it would know that the torrent is here.
        await Assert.ThrowsAnyAsync<IOException>(peer.ReadHandshakeAsync);
        Assert.Equal(0, torrent.Connections);
    }

    [Fact]
    public async Task Should_not_speak_before_it_knows_who_comes()
    {
        var asked = new ConcurrentQueue<SeedPeer>();
        await using var folder = new SeededFolder();
        var torrent = await folder.AddAsync(
            admits: (peer, _) =>
            {
                asked.Enqueue(peer);
                return ValueTask.FromResult(true);
            },
            files: ("a.bin", 100_000));
        var hash = torrent.InfoHashes[0];

        using var peer = await TestPeer.JoinAsync(folder.Seeder, hash, peerId: "-TS1234-abcdefghijkl");
        await peer.BeServedAsync();

        Assert.Equal(16_384, (await peer.DownloadAsync(0, 0, 16_384)).Length);
        var known = Assert.Single(asked);
        Assert.Equal((hash, IPAddress.Loopback), (known.InfoHash, known.Address.Address));
        Assert.Equal("-TS1234-abcdefghijkl", Encoding.ASCII.GetString(known.PeerId.Bytes));
    }

    [Fact]
    public async Task Should_let_itself_go_when_it_meets_itself()
    {
        await using var folder = new SeededFolder();
        var torrent = await folder.AddAsync(files: ("a.bin", 100_000));
        using var peer = await TestPeer.ConnectAsync(folder.Seeder.Port);

        await peer.SendHandshakeAsync(torrent.InfoHashes[0], peerId: Encoding.Latin1.GetString(folder.Seeder.PeerId.Bytes));

        Assert.True(await peer.IsLetGoAsync());
    }
}
