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
    public async Task Should_let_the_next_peer_in_although_what_decides_fails_as_another_makes_room()
    {
        await using var folder = new SeededFolder(new SeederOptions { MaxConnections = 1 });
        var asked = new TaskCompletionSource();
        var torrent = await folder.AddAsync(
            admits: (_, cancellationToken) => asked.TrySetResult() ? FailWhenLetGoAsync(cancellationToken) : ValueTask.FromResult(true),
            files: ("a.bin", 100_000));
        using var first = await TestPeer.ConnectAsync(folder.Seeder.Port);
        await first.SendHandshakeAsync(torrent.InfoHashes[0]);
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        using var next = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);

        Assert.True(await first.IsLetGoAsync());
    }

    [Fact]
    public async Task Should_let_silent_peers_go_although_what_decides_fails_as_it_does()
    {
        await using var folder = new SeededFolder(new SeederOptions { HandshakeTimeout = TimeSpan.FromSeconds(2) });
        var torrent = await folder.AddAsync(admits: (_, cancellationToken) => FailWhenLetGoAsync(cancellationToken), files: ("a.bin", 100_000));
        using var first = await TestPeer.ConnectAsync(folder.Seeder.Port);
        await first.SendHandshakeAsync(torrent.InfoHashes[0]);
        Assert.True(await first.IsLetGoAsync());

        using var silent = await TestPeer.ConnectAsync(folder.Seeder.Port);

        Assert.True(await silent.IsLetGoAsync());
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

    private static async ValueTask<bool> FailWhenLetGoAsync(CancellationToken cancellationToken)
    {
        cancellationToken.Register(() => throw new ObjectDisposedException("what decides"));
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return true;
    }
}
