namespace OrchardTracker.Publishing.Tests.Seeding;

public sealed class SeederLimitsTests
{
    private const int FileLength = 100_000;

    [Fact]
    public async Task Should_take_no_more_connections_from_one_address_than_it_may()
    {
        await using var folder = new SeededFolder(new SeederOptions { MaxConnectionsPerAddress = 2 });
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var first = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);
        using var second = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);

        using var third = await TestPeer.ConnectAsync(folder.Seeder.Port);

        Assert.True(await third.IsLetGoAsync());
        Assert.Equal(2, folder.Seeder.Connections);
    }

    [Fact]
    public async Task Should_have_room_again_when_a_peer_has_gone()
    {
        await using var folder = new SeededFolder(new SeederOptions { MaxConnectionsPerAddress = 1 });
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        (await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0])).Dispose();
        await Eventually.IsTrueAsync(() => folder.Seeder.Connections == 0, "the peer is forgotten");

        using var next = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);

        Assert.Equal(1, torrent.Connections);
    }

    [Fact]
    public async Task Should_serve_a_peer_although_a_thousand_idle_ones_take_all_the_room()
    {
        await using var folder = new SeededFolder(new SeederOptions { MaxConnections = 100, MaxConnectionsPerAddress = 2_000 });
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        var hash = torrent.InfoHashes[0];
        List<TestPeer> idle = [];
        try
        {
            for (var i = 0; i < 1_000; i++)
            {
                var peer = await TestPeer.ConnectAsync(folder.Seeder.Port);
                idle.Add(peer);
                if (i % 2 == 0)
                {
                    await peer.SendHandshakeAsync(hash);
                }
            }

            await Eventually.IsTrueAsync(() => folder.Seeder.Connections == 100, "the room is full");
            using var served = await TestPeer.JoinAsync(folder.Seeder, hash);
            await served.BeServedAsync();
            Assert.Equal(16_384, (await served.DownloadAsync(0, 0, 16_384)).Length);

            // Who is being served keeps his place.
            for (var i = 0; i < 200; i++)
            {
                idle.Add(await TestPeer.ConnectAsync(folder.Seeder.Port));
            }

            Assert.Equal(16_384, (await served.DownloadAsync(1, 0, 16_384)).Length);
            Assert.InRange(folder.Seeder.Connections, 1, 100);
        }
        finally
        {
            idle.ForEach(peer => peer.Dispose());
        }
    }

    [Fact]
    public async Task Should_let_a_peer_go_that_never_says_why_it_came()
    {
        await using var folder = new SeededFolder(new SeederOptions { HandshakeTimeout = TimeSpan.FromMilliseconds(100) });
        using var peer = await TestPeer.ConnectAsync(folder.Seeder.Port);

        Assert.True(await peer.IsLetGoAsync());
    }

    [Fact]
    public async Task Should_let_a_silent_peer_go()
    {
        await using var folder = new SeededFolder(new SeederOptions { IdleTimeout = TimeSpan.FromMilliseconds(100) });
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var peer = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);

        Assert.True(await peer.IsLetGoAsync());
    }

    [Fact]
    public async Task Should_let_a_peer_go_that_takes_nothing_of_what_it_asked_for()
    {
        await using var folder = new SeededFolder(new SeederOptions { SendTimeout = TimeSpan.FromMilliseconds(500), QueueDepth = 5_000 });
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var peer = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);
        await peer.BeServedAsync();

        // More than all socket buffers on the way hold.
        for (var i = 0; i < 3_000; i++)
        {
            await peer.SendRequestAsync(i % 6, 0, 16_384);
        }

        await Eventually.IsTrueAsync(() => folder.Seeder.Connections == 0, "the peer is let go");
    }

    [Fact]
    public async Task Should_reject_what_is_asked_for_beyond_the_depth_of_the_queue()
    {
        // At this rate the first request is answered after seconds: the others wait, but for those that have no room.
        await using var folder = new SeededFolder(new SeederOptions { QueueDepth = 10, MaxRate = 8_192 });
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var peer = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);
        await peer.BeServedAsync();

        for (var i = 0; i < 30; i++)
        {
            await peer.SendRequestAsync(i % 2, i, 16_000);
        }

        // Of thirty, one is on its way already and ten wait.
        for (var rejected = 0; rejected < 19; rejected++)
        {
            await peer.ReadUntilAsync(16);
        }
    }

    [Fact]
    public async Task Should_let_a_peer_go_that_floods_it_with_requests()
    {
        await using var folder = new SeededFolder(new SeederOptions { SendTimeout = TimeSpan.FromHours(1) });
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var peer = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);
        byte[] request = [0, 0, 0, 13, 6, .. TestPeer.Block(0, 0, 16_384)];
        byte[] flood = [.. Enumerable.Repeat(request, 1_000).SelectMany(bytes => bytes)];

        // It has no slot, so that each request is answered by a reject that it does not read.
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                await peer.SendRawAsync(flood);
            }
        });
        await Eventually.IsTrueAsync(() => folder.Seeder.Connections == 0, "the peer is let go");
    }

    [Fact]
    public async Task Should_let_peers_take_turns_when_there_are_fewer_slots()
    {
        await using var folder = new SeededFolder(new SeederOptions { UploadSlots = 1, SlotTime = TimeSpan.FromMilliseconds(100) });
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        var peers = new List<TestPeer>();
        for (var i = 0; i < 3; i++)
        {
            peers.Add(await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0], peerId: $"-TS000{i}-"));
            await peers[i].SendInterestedAsync();
        }

        // Each gets its slot and loses it to the next, twice over.
        await Task.WhenAll(peers.Select(async peer =>
        {
            for (var turn = 0; turn < 2; turn++)
            {
                await peer.ReadUntilAsync(1);
                await peer.ReadUntilAsync(0);
            }
        }));
        peers.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public async Task Should_reject_what_waits_when_the_slot_goes_to_another()
    {
        await using var folder = new SeededFolder(new SeederOptions { UploadSlots = 1, SlotTime = TimeSpan.FromMilliseconds(100), MaxRatePerPeer = 16_384 });
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var first = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);
        await first.BeServedAsync();
        for (var piece = 0; piece < 6; piece++)
        {
            await first.SendRequestAsync(piece, 0, 16_384);
        }

        using var second = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);
        await second.BeServedAsync();

        await first.ReadUntilAsync(0);
        Assert.Equal(16, (await first.ReadMessageAsync()).Id);
    }

    [Fact]
    public void Should_refuse_options_that_cannot_work()
    {
        Assert.ThrowsAny<ArgumentException>(() => new Seeder(new SeederOptions { UploadSlots = 0 }, null, TimeProvider.System));
        Assert.ThrowsAny<ArgumentException>(() => new Seeder(new SeederOptions { Port = 70_000 }, null, TimeProvider.System));
        Assert.ThrowsAny<ArgumentException>(() => new Seeder(new SeederOptions { MaxRate = -1 }, null, TimeProvider.System));
    }
}
