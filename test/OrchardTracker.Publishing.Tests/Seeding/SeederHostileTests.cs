namespace OrchardTracker.Publishing.Tests.Seeding;

public sealed class SeederHostileTests
{
    private const int FileLength = 100_000;

    public static TheoryData<string, int, int, int> RequestsOutside => new()
    {
        { "a piece that there is not", 7, 0, 16_384 },
        { "a piece far beyond", int.MaxValue, 0, 1 },
        { "a negative piece", -1, 0, 16_384 },
        { "a negative begin", 0, -1, 16_384 },
        { "a begin behind the piece", 0, 16_384, 1 },
        { "more than the piece has", 0, 1, 16_384 },
        { "more than the last piece has", 6, 0, 16_384 },
        { "begin and length that overflow together", 0, int.MaxValue, int.MaxValue },
        { "nothing", 0, 0, 0 },
        { "a negative length", 0, 0, -1 },
        { "a length beyond all bounds", 0, 0, int.MaxValue },
    };

    [Theory]
    [MemberData(nameof(RequestsOutside))]
    public async Task Should_let_a_peer_go_that_asks_for(string what, int piece, int begin, int length)
    {
        await using var folder = new SeededFolder();
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var peer = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);
        await peer.BeServedAsync();

        await peer.SendRequestAsync(piece, begin, length);

        Assert.True(await peer.IsLetGoAsync(), what);
        Assert.Equal(0, torrent.Uploaded);
    }

    public static TheoryData<string, byte[]> BadMessages => new()
    {
        { "a message of 4 GiB", [0xFF, 0xFF, 0xFF, 0xFF, 6] },
        { "a piece, for which nobody has asked", [0, 0, 0, 10, 7, 0, 0, 0, 0, 0, 0, 0, 0, 1] },
        { "a bitfield too long", [0, 0, 0, 3, 5, 0, 0] },
        { "a bitfield too short", [0, 0, 0, 1, 5] },
        { "a request too short", [0, 0, 0, 5, 6, 0, 0, 0, 0] },
        { "a cancel too long", [0, 0, 0, 14, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
        { "an interest that is larger than any", [0, 1, 0, 0, 2] },
        { "an extension message without an id", [0, 0, 0, 1, 20] },
        { "an extension handshake that is not bencode", [0, 0, 0, 5, 20, 0, (byte)'x', (byte)'y', (byte)'z'] },
        { "an extension handshake that does not end", [0, 0, 0, 4, 20, 0, (byte)'d', (byte)'1'] },
        { "a metadata message that nests without end", [0, 0, 0x10, 6, 20, 1, .. "d1:a"u8, .. Enumerable.Repeat((byte)'l', 4096)] },
        { "an unknown message beyond all bounds", [0, 0x10, 0, 0, 99] },
    };

    [Theory]
    [MemberData(nameof(BadMessages))]
    public async Task Should_let_a_peer_go_that_sends(string what, byte[] bytes)
    {
        await using var folder = new SeededFolder();
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        using var peer = await TestPeer.JoinAsync(folder.Seeder, torrent.InfoHashes[0]);

        await peer.SendRawAsync(bytes);

        Assert.True(await peer.IsLetGoAsync(), what);
        Assert.Empty(folder.Faults);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("\u0013BitTorrent Protocol, or nearly so. It is long enough to be a handshake, though.")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001")]
    public async Task Should_let_a_client_of_another_protocol_go(string greeting)
    {
        await using var folder = new SeededFolder();
        using var peer = await TestPeer.ConnectAsync(folder.Seeder.Port);

        await peer.SendRawAsync(System.Text.Encoding.Latin1.GetBytes(greeting));

        Assert.True(await peer.IsLetGoAsync());
    }

    [Fact]
    public async Task Should_go_on_serving_whatever_others_throw_at_it()
    {
        await using var folder = new SeededFolder(new SeederOptions { MaxConnectionsPerAddress = 1_000 });
        var torrent = await folder.AddAsync(files: ("a.bin", FileLength));
        var hash = torrent.InfoHashes[0];
        var random = new Random(20);
        for (var round = 0; round < 500; round++)
        {
            using var peer = await TestPeer.ConnectAsync(folder.Seeder.Port);
            try
            {
                if (round % 4 != 0)
                {
                    await peer.SendHandshakeAsync(hash, fast: round % 2 == 0);
                }

                await peer.SendRawAsync(Garble(random, round));
            }
            catch (IOException)
            {
                // Let go in the middle of it.
            }
        }

        using var good = await TestPeer.JoinAsync(folder.Seeder, hash);
        await good.BeServedAsync();
        Assert.Equal(folder.Read("a.bin")[..16_384], await good.DownloadAsync(0, 0, 16_384));
        Assert.Empty(folder.Faults);
    }

    // Bare noise, messages with random bodies, and good messages with a byte turned.
    private static byte[] Garble(Random random, int round)
    {
        var noise = new byte[random.Next(1, 3_000)];
        random.NextBytes(noise);
        if (round % 3 == 0)
        {
            return noise;
        }

        List<byte> bytes = [];
        for (var i = 0; i < 50; i++)
        {
            byte[] body = round % 3 == 1 ? noise[..random.Next(Math.Min(40, noise.Length))] : TestPeer.Block(random.Next(7), random.Next(20_000), random.Next(20_000));
            bytes.AddRange([0, 0, 0, (byte)(1 + body.Length), (byte)random.Next(24), .. body]);
        }

        bytes[random.Next(bytes.Count)] ^= (byte)(1 << random.Next(8));
        return [.. bytes];
    }
}
