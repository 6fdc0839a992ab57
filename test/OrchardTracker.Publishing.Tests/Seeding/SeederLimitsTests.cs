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
        await using var folder = new SeededFolder(new SeederOptions
        {
            MaxConnections = 100,
            MaxConnectionsPerAddress = 2_000,
            HandshakeTimeout = TimeSpan.FromHours(1),
        });
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
        await using var folder = new SeededFolder(new SeederOptions { IdleTimeout = TimeSpan.FromSeconds(3) });
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var peer = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);

        Assert.True(await peer.IsLetGoAsync());
    }

    [Fact]
    public async Task Should_let_a_peer_go_that_takes_nothing_of_what_it_asked_for()
    {
        await using var folder = new SeededFolder(new SeederOptions { SendTimeout = TimeSpan.FromSeconds(3), QueueDepth = 5_000 });
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var peer = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);
        await peer.BeServedAsync();

        // More than all socket buffers on the way hold.
        byte[] requests = [.. Enumerable.Range(0, 3_000).SelectMany(i => TestPeer.Request(i % 6, 0, 16_384))];
        try
        {
            await peer.SendRawAsync(requests);
        }
        catch (IOException)
        {
            // Let go already.
        }

        await Eventually.IsTrueAsync(() => folder.Seeder.Connections == 0, "the peer is let go");
    }

    [Fact]
    public async Task Should_reject_what_is_asked_for_beyond_the_depth_of_the_queue()
    {
        // The clock stands still, so that the first request is not answered: the others wait, but for those that have no room.
        var clock = new SteppedClock();
        var options = new SeederOptions { QueueDepth = 10, MaxRate = 8_192, UploadSlots = 1, SlotTime = TimeSpan.FromHours(1) };
        await using var folder = new SeededFolder(options, time: clock);
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var peer = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);
        await peer.BeServedAsync();

        await peer.SendRequestAsync(0, 0, 16_000);
        await Eventually.IsTrueAsync(() => clock.Waiting == 1, "the first request is on its way");
        for (var i = 1; i < 30; i++)
        {
            await peer.SendRequestAsync(i % 2, i, 16_000);
        }

        // Who gets the slot knows that all of them have come.
        await peer.SendAsync(3);
        using var next = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);
        await next.BeServedAsync();
        clock.Advance(TimeSpan.FromSeconds(2));

        // Of thirty, one was on its way and ten waited, until the slot was given back.
        for (var i = 11; i < 30; i++)
        {
            Assert.Equal(TestPeer.Block(i % 2, i, 16_000), await peer.ReadUntilAsync(16));
        }

        Assert.Equal(0, (await peer.ReadMessageAsync()).Id);
    }

    [Fact]
    public async Task Should_let_a_peer_go_that_floods_it_with_requests()
    {
        await using var folder = new SeededFolder(new SeederOptions { SendTimeout = TimeSpan.FromHours(1) });
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var peer = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);

        // It has no slot, so that each request is answered by a reject that it does not read.
        await FloodAsync(folder.Seeder, peer, TestPeer.Request(0, 0, 16_384));
    }

    [Fact]
    public async Task Should_let_a_peer_go_that_changes_its_mind_again_and_again()
    {
        await using var folder = new SeededFolder(new SeederOptions { SendTimeout = TimeSpan.FromHours(1) });
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var peer = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);

        // Each time it gets a slot or loses it, and does not read that.
        await FloodAsync(folder.Seeder, peer, [0, 0, 0, 1, 2, 0, 0, 0, 1, 3]);
    }

    [Fact]
    public async Task Should_give_the_metadata_no_faster_than_it_may()
    {
        var clock = new SteppedClock();
        await using var folder = new SeededFolder(new SeederOptions { MaxRate = 10 }, time: clock);
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var peer = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);
        await peer.SendAsync(20, [0, .. "d1:md11:ut_metadatai7eee"u8]);
        await peer.SendAsync(20, [1, .. "d8:msg_typei0e5:piecei0ee"u8]);

        var reading = peer.ReadUntilAsync(20);
        await Eventually.IsTrueAsync(() => clock.Waiting == 1, "it waits for its time");
        Assert.False(reading.IsCompleted);
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(7, (await reading)[0]);
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
        var clock = new SteppedClock();
        var options = new SeederOptions { UploadSlots = 1, SlotTime = TimeSpan.FromMilliseconds(100), MaxRatePerPeer = 16_384 };
        await using var folder = new SeededFolder(options, time: clock);
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var first = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);
        await first.BeServedAsync();
        await first.SendRawAsync([.. Enumerable.Range(0, 6).SelectMany(piece => TestPeer.Request(piece, 0, 16_384))]);
        await Eventually.IsTrueAsync(() => clock.Waiting == 1, "the first request is on its way");
        using var second = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);
        await second.BeServedAsync();

        clock.Advance(TimeSpan.FromSeconds(1));
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

    private static async Task FloodAsync(Seeder seeder, TestPeer peer, byte[] message)
    {
        byte[] flood = [.. Enumerable.Repeat(message, 1_000).SelectMany(bytes => bytes)];
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                await peer.SendRawAsync(flood);
            }
        });
        await Eventually.IsTrueAsync(() => seeder.Connections == 0, "the peer is let go");
    }
}
