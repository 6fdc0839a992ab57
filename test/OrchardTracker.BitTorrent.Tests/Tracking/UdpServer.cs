using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace OrchardTracker.BitTorrent.Tests;

/// <summary>A UDP tracker on loopback that answers each packet with the packets it is told.</summary>
internal sealed class UdpServer : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly Func<byte[], IEnumerable<byte[]>> _answer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public UdpServer(Func<byte[], IEnumerable<byte[]>> answer, IPAddress? address = null)
    {
        _answer = answer;
        address ??= IPAddress.Loopback;
        _socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _socket.Bind(new IPEndPoint(address, 0));
        _running = RunAsync();
    }

    public string Url => $"udp://{_socket.LocalEndPoint}";

    public ConcurrentQueue<byte[]> Packets { get; } = [];

    public static int Action(byte[] packet) => BinaryPrimitives.ReadInt32BigEndian(packet.AsSpan(8));

    /// <summary>An answer to a packet: its transaction id between an action and what follows.</summary>
    public static byte[] Reply(byte[] packet, int action, params int[] fields) =>
        [.. Int(action), .. packet.AsSpan(12, 4), .. fields.SelectMany(Int)];

    public static byte[] Connected(byte[] packet) => Reply(packet, 0, 0x01020304, 0x05060708);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _socket.Dispose();
        _stop.Dispose();
    }

    private static byte[] Int(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private async Task RunAsync()
    {
        var buffer = new byte[65_535];
        try
        {
            while (true)
            {
                var from = new IPEndPoint(_socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
                var received = await _socket.ReceiveFromAsync(buffer, from, _stop.Token);
                var packet = buffer[..received.ReceivedBytes];
                Packets.Enqueue(packet);
                foreach (var answer in _answer(packet))
                {
                    await _socket.SendToAsync(answer, received.RemoteEndPoint, _stop.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
