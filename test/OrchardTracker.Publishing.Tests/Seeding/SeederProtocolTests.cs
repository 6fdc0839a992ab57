using System.Net;
using System.Text;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing.Tests.Seeding;

public sealed class SeederProtocolTests
{
    private const int FileLength = 100_000;

    [Fact]
    public async Task Should_shake_hands_for_a_torrent_it_seeds()
    {
        await using var folder = new SeededFolder();
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var peer = await TestPeer.ConnectAsync(folder.Seeder.Port);

        await peer.SendHandshakeAsync(torrent.InfoHashes[0]);

        var answer = await peer.ReadHandshakeAsync();
        Assert.Equal("\u0013BitTorrent protocol", Encoding.ASCII.GetString(answer, 0, 20));
        Assert.Equal(torrent.InfoHashes[0], new InfoHash(answer.AsSpan(28, 20)));
        Assert.Equal(folder.Seeder.PeerId, new PeerId(answer.AsSpan(48, 20)));
        Assert.Equal((0x10, 0x04), (answer[25] & 0x10, answer[27] & 0x04));
    }

    [Fact]
    public async Task Should_be_found_by_IPv6()
    {
        Assert.SkipUnless(System.Net.Sockets.Socket.OSSupportsIPv6, "There is no IPv6 here.");
        await using var folder = new SeededFolder();
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var peer = await TestPeer.ConnectAsync(folder.Seeder.Port, IPAddress.IPv6Loopback);

        await peer.SendHandshakeAsync(torrent.InfoHashes[0]);

        await peer.ReadHandshakeAsync();
    }

    [Fact]
    public async Task Should_keep_a_peer_that_tells_again_and_again_what_it_has()
    {
        await using var folder = new SeededFolder();
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        var metainfo = folder.Metainfo;
        using var peer = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);

        // As aria2 does, in place of many messages about single pieces.
        for (var i = 0; i < 2 * metainfo.PieceCount; i++)
        {
            var bitfield = new byte[(metainfo.PieceCount + 7) / 8];
            bitfield[0] = 0x80;
            await peer.SendAsync(5, bitfield);
        }

        await peer.BeServedAsync();
        Assert.Equal(1_000, (await peer.DownloadAsync(0, 0, 1_000)).Length);
    }

    [Fact]
    public async Task Should_let_a_peer_go_that_comes_for_another_torrent()
    {
        await using var folder = new SeededFolder();
        await folder.AddAsync(files: ("a.bin", FileLength));
        using var peer = await TestPeer.ConnectAsync(folder.Seeder.Port);

        await peer.SendHandshakeAsync(default);

        Assert.True(await peer.IsLetGoAsync());
    }

    [Fact]
    public async Task Should_say_by_a_bitfield_that_it_has_everything_to_a_peer_without_the_fast_extension()
    {
        await using var folder = new SeededFolder();
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var peer = await TestPeer.ConnectAsync(folder.Seeder.Port);
        await peer.SendHandshakeAsync(torrent.InfoHashes[0], fast: false, extended: false);
        await peer.ReadHandshakeAsync();

        var (id, body) = await peer.ReadMessageAsync();

        // 100,000 bytes are 7 pieces of 16 KiB; the eighth bit stays clear.
        Assert.Equal(5, id);
        Assert.Equal([0b1111_1110], body);
    }

    [Theory]
    [InlineData(0, 0, 16_384)]
    [InlineData(2, 1, 16_383)]
    [InlineData(3, 5_000, 1)]
    [InlineData(6, 0, FileLength - (6 * 16_384))]
    public async Task Should_give_the_bytes_that_are_asked_for(int piece, int begin, int length)
    {
        await using var folder = new SeededFolder();
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var peer = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);
        await peer.BeServedAsync();

        var bytes = await peer.DownloadAsync(piece, begin, length);

        Assert.Equal(folder.Read("a.bin").AsSpan((piece * 16_384) + begin, length).ToArray(), bytes);
        await Eventually.IsTrueAsync(() => (torrent.Uploaded, folder.Seeder.Uploaded) == (length, length), "the bytes are counted");
    }

    [Theory]
    [InlineData(MetainfoVersion.V1)]
    [InlineData(MetainfoVersion.Hybrid)]
    [InlineData(MetainfoVersion.V2)]
    public async Task Should_give_every_piece_of_a_folder(MetainfoVersion version)
    {
        await using var folder = new SeededFolder();
        var torrent = await folder.AddAsync(version, null, ("a.bin", 20_000), ("b/empty.bin", 0), ("b/small.bin", 10), ("c.bin", 50_000));
        using var peer = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[^1]);
        await peer.BeServedAsync();

        for (var piece = 0; piece < folder.Metainfo.PieceCount; piece++)
        {
            var bytes = await peer.DownloadAsync(piece, 0, folder.Metainfo.GetPieceLength(piece));
            Assert.True(folder.Metainfo.MatchesPiece(piece, bytes), $"piece {piece}");
        }
    }

    [Fact]
    public async Task Should_answer_many_requests_at_once_in_their_order()
    {
        await using var folder = new SeededFolder();
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var peer = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);
        await peer.BeServedAsync();
        var wanted = Enumerable.Range(0, 300).Select(i => (Piece: i * 7 % 6, Begin: i * 37, Length: 100 + i)).ToList();

        foreach (var (piece, begin, length) in wanted)
        {
            await peer.SendRequestAsync(piece, begin, length);
        }

        var file = folder.Read("a.bin");
        foreach (var (piece, begin, length) in wanted)
        {
            var body = await peer.ReadUntilAsync(7);
            Assert.Equal(TestPeer.Block(piece, begin, 0)[..8], body[..8]);
            Assert.Equal(file.AsSpan((piece * 16_384) + begin, length).ToArray(), body[8..]);
        }
    }

    [Fact]
    public async Task Should_reject_what_is_asked_for_without_a_slot()
    {
        await using var folder = new SeededFolder();
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var peer = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);

        await peer.SendRequestAsync(1, 0, 16_384);

        var (id, body) = await peer.ReadMessageAsync();
        Assert.Equal(16, id);
        Assert.Equal(TestPeer.Block(1, 0, 16_384), body);
    }

    [Fact]
    public async Task Should_not_answer_what_is_asked_for_without_a_slot_by_a_peer_without_the_fast_extension()
    {
        await using var folder = new SeededFolder();
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var peer = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0], fast: false);
        await peer.SendRequestAsync(1, 0, 16_384);

        await peer.SendInterestedAsync();

        Assert.Equal(1, (await peer.ReadMessageAsync()).Id);
    }

    [Fact]
    public async Task Should_take_a_slot_away_when_the_peer_wants_nothing_more()
    {
        await using var folder = new SeededFolder();
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var peer = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);
        await peer.BeServedAsync();

        await peer.SendAsync(3);

        Assert.Equal(0, (await peer.ReadMessageAsync()).Id);
    }

    [Fact]
    public async Task Should_give_the_metadata_to_a_peer_that_has_only_a_magnet_link()
    {
        await using var folder = new SeededFolder();
        (string, int)[] many = [.. Enumerable.Range(0, 600).Select(i => ($"files/a file with quite a long name {i}.bin", 20_000))];
        var torrent = await folder.AddAsync(files: many);
        var info = folder.Metainfo.InfoBytes;
        Assert.True(info.Length > 2 * 16_384);
        using var peer = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);
        await peer.SendAsync(20, [0, .. "d1:md11:ut_metadatai7eee"u8]);

        var received = new List<byte>();
        for (var piece = 0; piece * 16_384 < info.Length; piece++)
        {
            await peer.SendAsync(20, [1, .. Encoding.ASCII.GetBytes($"d8:msg_typei0e5:piecei{piece}ee")]);
            var body = await peer.ReadUntilAsync(20);
            var head = $"d8:msg_typei1e5:piecei{piece}e10:total_sizei{info.Length}ee";
            Assert.Equal(7, body[0]);
            Assert.Equal(head, Encoding.ASCII.GetString(body, 1, head.Length));
            received.AddRange(body[(1 + head.Length)..]);
        }

        Assert.Equal(info.ToArray(), received);
    }

    [Fact]
    public async Task Should_reject_a_piece_of_the_metadata_that_there_is_not()
    {
        await using var folder = new SeededFolder();
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var peer = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);
        await peer.SendAsync(20, [0, .. "d1:md11:ut_metadatai7eee"u8]);

        await peer.SendAsync(20, [1, .. "d8:msg_typei0e5:piecei1ee"u8]);

        var body = await peer.ReadUntilAsync(20);
        Assert.Equal("\u0007d8:msg_typei2e5:piecei1ee", Encoding.ASCII.GetString(body));
    }

    [Fact]
    public async Task Should_tell_its_limits_in_the_extension_handshake()
    {
        await using var folder = new SeededFolder(new SeederOptions { QueueDepth = 123 });
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var peer = await TestPeer.ConnectAsync(folder.Seeder.Port);
        await peer.SendHandshakeAsync(torrent.InfoHashes[0]);
        await peer.ReadHandshakeAsync();

        var (id, body) = await peer.ReadMessageAsync();

        Assert.Equal((20, 0), (id, body[0]));
        var text = Encoding.Latin1.GetString(body, 1, body.Length - 1);
        Assert.Contains("1:md11:ut_metadatai1ee", text, StringComparison.Ordinal);
        Assert.Contains($"13:metadata_sizei{folder.Metainfo.InfoBytes.Length}e", text, StringComparison.Ordinal);
        Assert.Contains("4:reqqi123e", text, StringComparison.Ordinal);
        Assert.Contains("11:upload_onlyi1e", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_let_another_seeder_go(bool fast)
    {
        await using var folder = new SeededFolder();
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var peer = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0], fast);

        await (fast ? peer.SendAsync(14) : peer.SendAsync(5, 0b1111_1110));

        Assert.True(await peer.IsLetGoAsync());
    }

    [Fact]
    public async Task Should_pass_over_messages_that_mean_nothing_to_it()
    {
        await using var folder = new SeededFolder();
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var peer = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);
        await peer.SendRawAsync([0, 0, 0, 0]);
        await peer.SendAsync(4, 0, 0, 0, 3);
        await peer.SendAsync(5, 0b1010_0000);
        await peer.SendAsync(9, 0x1A, 0xE1);
        await peer.SendAsync(13, 0, 0, 0, 1);
        await peer.SendAsync(200, new byte[60_000]);
        await peer.SendAsync(20, [5, .. "anything"u8]);

        await peer.BeServedAsync();

        Assert.Equal(16_384, (await peer.DownloadAsync(0, 0, 16_384)).Length);
    }

    [Fact]
    public async Task Should_let_its_peers_go_when_the_torrent_is_taken_away()
    {
        await using var folder = new SeededFolder();
        var torrent = await folder.AddAsync(MetainfoVersion.Hybrid, null, ("a.bin", FileLength));
        using var peer = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[1]);

        Assert.True(folder.Seeder.Remove(torrent.InfoHashes[0]));

        Assert.True(await peer.IsLetGoAsync());
        Assert.Null(folder.Seeder.Find(torrent.InfoHashes[1]));
        await Eventually.IsTrueAsync(() => folder.Seeder.Connections == 0, "nobody is there");
    }

    [Fact]
    public async Task Should_let_a_peer_go_whose_torrent_is_taken_away_while_it_is_let_in()
    {
        await using var folder = new SeededFolder();
        var torrent = await folder.AddAsync(admits: (peer, _) => ValueTask.FromResult(folder.Seeder.Remove(peer.InfoHash)), files: ("a.bin", FileLength));
        using var peer = await TestPeer.ConnectAsync(folder.Seeder.Port);
        await peer.SendHandshakeAsync(torrent.InfoHashes[0]);

        await Assert.ThrowsAnyAsync<IOException>(peer.ReadHandshakeAsync);
        await Eventually.IsTrueAsync(() => folder.Seeder.Connections == 0, "nobody is there");
        Assert.Equal((0, 0), (torrent.Connections, folder.Loads));
    }

    [Fact]
    public async Task Should_let_a_peer_go_whose_torrent_is_restricted_while_it_is_let_in()
    {
        await using var folder = new SeededFolder();
        var open = await folder.AddAsync(
            admits: (peer, _) =>
            {
                folder.Seeder.Add(new SeededTorrent([peer.InfoHash], folder) { Admits = (_, _) => ValueTask.FromResult(false) });
                return ValueTask.FromResult(true);
            },
            files: ("a.bin", FileLength));
        using var peer = await TestPeer.ConnectAsync(folder.Seeder.Port);
        await peer.SendHandshakeAsync(open.InfoHashes[0]);

        await Assert.ThrowsAnyAsync<IOException>(peer.ReadHandshakeAsync);
    }

    [Fact]
    public async Task Should_load_a_torrent_when_the_first_peer_comes_for_it()
    {
        await using var folder = new SeededFolder();
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        Assert.Equal(0, folder.Loads);

        using var first = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);
        using var second = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);

        Assert.Equal(1, folder.Loads);
    }

    [Fact]
    public async Task Should_let_a_peer_go_when_the_file_is_shorter_than_its_torrent_says()
    {
        await using var folder = new SeededFolder();
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        await File.WriteAllBytesAsync(folder["a.bin"], new byte[20_000]);
        using var peer = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);
        await peer.BeServedAsync();

        await peer.SendRequestAsync(3, 0, 16_384);

        Assert.True(await peer.IsLetGoAsync());
        await Eventually.IsTrueAsync(() => !folder.Faults.IsEmpty, "the fault is reported");
        Assert.IsType<IOException>(Assert.Single(folder.Faults));
    }
}
