using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace OrchardTracker.Frontends.Tests.Udp;

/// <summary>A plain BEP 15 client: says exactly what a test wants said.</summary>
internal sealed class UdpClientOfTests : IDisposable
{
    public const int AnnounceLength = 98;
    private readonly Socket _socket;

    public UdpClientOfTests(IPEndPoint tracker, IPAddress? from = null)
    {
        _socket = new Socket(tracker.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 10_000 };
        _socket.Bind(new IPEndPoint(from ?? (tracker.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback), 0));
        _socket.Connect(tracker);
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public byte[] Ask(ReadOnlySpan<byte> datagram)
    {
        _socket.Send(datagram);
        return Receive();
    }

    public void Say(ReadOnlySpan<byte> datagram) => _socket.Send(datagram);

    public byte[] Receive()
    {
        var reply = new byte[2048];
        return reply[.._socket.Receive(reply)];
    }

    /// <summary>Whether nothing comes to a datagram: an announce that is answered is sent behind it and its answer comes first.</summary>
    public bool IsIgnored(ReadOnlySpan<byte> datagram)
    {
        Say(datagram);
        var reply = Ask(ConnectRequest(0xCAFE));
        return BinaryPrimitives.ReadUInt32BigEndian(reply.AsSpan(4)) == 0xCAFE;
    }

    public ulong Connect() => BinaryPrimitives.ReadUInt64BigEndian(Ask(ConnectRequest(1)).AsSpan(8));

    public static byte[] ConnectRequest(uint transaction)
    {
        var request = new byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(request, 0x41727101980);
        BinaryPrimitives.WriteUInt32BigEndian(request.AsSpan(12), transaction);
        return request;
    }

    public static byte[] AnnounceRequest(
        ulong connection, byte[] infoHash, ushort port, long left = 1, uint announceEvent = 0, int wanted = -1, uint transaction = 7, string? urlData = null)
    {
        var options = urlData is null ? [] : UrlData(urlData);
        var request = new byte[AnnounceLength + options.Length];
        var span = request.AsSpan();
        BinaryPrimitives.WriteUInt64BigEndian(span, connection);
        BinaryPrimitives.WriteInt32BigEndian(span[8..], 1);
        BinaryPrimitives.WriteUInt32BigEndian(span[12..], transaction);
        infoHash.CopyTo(span[16..]);
        "-XX0001-"u8.CopyTo(span[36..]);
        BinaryPrimitives.WriteUInt16BigEndian(span[54..], port);
        BinaryPrimitives.WriteInt64BigEndian(span[64..], left);
        BinaryPrimitives.WriteUInt32BigEndian(span[80..], announceEvent);
        BinaryPrimitives.WriteUInt32BigEndian(span[88..], port);
        BinaryPrimitives.WriteInt32BigEndian(span[92..], wanted);
        BinaryPrimitives.WriteUInt16BigEndian(span[96..], port);
        options.CopyTo(span[AnnounceLength..]);
        return request;
    }

    public static byte[] ScrapeRequest(ulong connection, params byte[][] hashes)
    {
        var request = new byte[16 + 20 * hashes.Length];
        BinaryPrimitives.WriteUInt64BigEndian(request, connection);
        BinaryPrimitives.WriteInt32BigEndian(request.AsSpan(8), 2);
        BinaryPrimitives.WriteUInt32BigEndian(request.AsSpan(12), 9);
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i].CopyTo(request, 16 + 20 * i);
        }

        return request;
    }

    /// <summary>BEP 41: pieces of up to 255 bytes, here shorter ones so that there are several, with a NOP between them.</summary>
    private static byte[] UrlData(string url) =>
        [.. System.Text.Encoding.ASCII.GetBytes(url).Chunk(20).SelectMany(chunk => (byte[])[1, 2, (byte)chunk.Length, .. chunk]), 0];

    public void Dispose() => _socket.Dispose();
}
