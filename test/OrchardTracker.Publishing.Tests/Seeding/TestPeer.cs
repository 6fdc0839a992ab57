using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing.Tests.Seeding;

/// <summary>A peer that says on the wire exactly what a test wants it to.</summary>
internal sealed class TestPeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TcpClient _client;
    private readonly NetworkStream _stream;

    private TestPeer(TcpClient client)
    {
        _client = client;
        _stream = client.GetStream();
    }

    public static async Task<TestPeer> ConnectAsync(int port, IPAddress? address = null)
    {
        address ??= IPAddress.Loopback;
        var client = new TcpClient(address.AddressFamily) { NoDelay = true };
        await client.ConnectAsync(address, port);
        return new TestPeer(client);
    }

    /// <summary>Connects, shakes hands, and passes over what the seeder says of itself, up to its bitfield.</summary>
    public static async Task<TestPeer> JoinAsync(Seeder seeder, InfoHash infoHash, bool fast = true, string peerId = "-TS0000-")
    {
        var peer = await ConnectAsync(seeder.Port);
        await peer.SendHandshakeAsync(infoHash, fast, peerId: peerId);
        await peer.ReadHandshakeAsync();
        var (id, _) = await peer.ReadMessageAsync();
        Assert.Equal(20, id);
        (id, _) = await peer.ReadMessageAsync();
        Assert.Equal(fast ? 14 : 5, id);
        return peer;
    }

    public Task SendHandshakeAsync(InfoHash infoHash, bool fast = true, bool extended = true, string peerId = "-TS0000-")
    {
        var bytes = new byte[68];
        bytes[0] = 19;
        "BitTorrent protocol"u8.CopyTo(bytes.AsSpan(1));
        bytes[25] = (byte)(extended ? 0x10 : 0);
        bytes[27] = (byte)(fast ? 0x04 : 0);
        infoHash.CopyTo(bytes.AsSpan(28));
        bytes.AsSpan(48).Fill((byte)'x');
        Encoding.Latin1.GetBytes(peerId).CopyTo(bytes, 48);
        return SendRawAsync(bytes);
    }

    public Task<byte[]> ReadHandshakeAsync() => ReadAsync(68);

    public Task SendAsync(byte id, params byte[] body)
    {
        var message = new byte[5 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, 1 + body.Length);
        message[4] = id;
        body.CopyTo(message, 5);
        return SendRawAsync(message);
    }

    public Task SendInterestedAsync() => SendAsync(2);

    public Task SendRequestAsync(int piece, int begin, int length) => SendAsync(6, Block(piece, begin, length));

    public Task SendRawAsync(byte[] bytes) => _stream.WriteAsync(bytes).AsTask().WaitAsync(Patience);

    /// <summary>Waits for a slot.</summary>
    public async Task BeServedAsync()
    {
        await SendInterestedAsync();
        await ReadUntilAsync(1);
    }

    /// <summary>The next message that is not a keep-alive.</summary>
    public async Task<(int Id, byte[] Body)> ReadMessageAsync()
    {
        int length;
        while ((length = BinaryPrimitives.ReadInt32BigEndian(await ReadAsync(4))) == 0)
        {
        }

        Assert.InRange(length, 1, 1 << 20);
        var message = await ReadAsync(length);
        return (message[0], message[1..]);
    }

    public async Task<byte[]> ReadUntilAsync(int id)
    {
        while (true)
        {
            var message = await ReadMessageAsync();
            if (message.Id == id)
            {
                return message.Body;
            }
        }
    }

    /// <summary>Asks for a block and takes it.</summary>
    public async Task<byte[]> DownloadAsync(int piece, int begin, int length)
    {
        await SendRequestAsync(piece, begin, length);
        var body = await ReadUntilAsync(7);
        Assert.Equal((piece, begin), (BinaryPrimitives.ReadInt32BigEndian(body), BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(4))));
        return body[8..];
    }

    /// <summary>Whether the seeder lets the peer go, whatever it says before it does.</summary>
    public async Task<bool> IsLetGoAsync()
    {
        var buffer = new byte[64 << 10];
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            while (await _stream.ReadAsync(buffer, limit.Token) > 0)
            {
            }

            return true;
        }
        catch (IOException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>A whole request, for many to be sent at once.</summary>
    public static byte[] Request(int piece, int begin, int length) => [0, 0, 0, 13, 6, .. Block(piece, begin, length)];

    public static byte[] Block(int piece, int begin, int length)
    {
        var body = new byte[12];
        BinaryPrimitives.WriteInt32BigEndian(body, piece);
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(4), begin);
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(8), length);
        return body;
    }

    public void Dispose() => _client.Dispose();

    private async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes).AsTask().WaitAsync(Patience);
        return bytes;
    }
}
