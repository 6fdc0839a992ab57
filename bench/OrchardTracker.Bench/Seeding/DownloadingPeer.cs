using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using OrchardTracker.BitTorrent;
using OrchardTracker.Publishing;

namespace OrchardTracker.Bench;

/// <summary>
/// The cheapest peer there can be: it asks for blocks in good time, and lets go of their bytes where it has received them.
/// Blocking; one thread looks after several.
/// </summary>
internal sealed class DownloadingPeer : IDisposable
{
    // What libtorrent asks for at most. Transmission lets 511 wait, the others more.
    private const int MostOutstanding = 500;
    private const int RequestsAtOnce = 50;
    private const int RequestLength = sizeof(int) + 1 + BlockRequest.Size;
    private const int PieceHeaderLength = sizeof(int) + 1 + (2 * sizeof(int));
    private const int MostOfOtherMessages = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _seeder;
    private readonly DownloadPlan _plan;
    private readonly Queue<BlockRequest> _blocks = new();
    private readonly HashSet<BlockRequest> _outstanding = [];
    private readonly byte[] _requests = new byte[MostOutstanding * RequestLength];
    private readonly byte[] _fragment = new byte[PieceHeaderLength + BlockRequest.Size];
    private int _fragmentLength;
    private int _rest;
    private BlockRequest _block;
    private Memory<byte> _keep;

    private DownloadingPeer(Socket socket, string seeder, DownloadPlan plan)
    {
        Socket = socket;
        _seeder = seeder;
        _plan = plan;
    }

    public Socket Socket { get; }

    public bool IsUnchoked { get; private set; }

    /// <summary>Whether nothing is under way that it has asked for.</summary>
    public bool HasAll => _outstanding.Count == 0 && _rest == 0;

    /// <summary>Connects, from an address of its own: Transmission has one peer of an address, no more.</summary>
    public static DownloadingPeer Connect(RunningSeeder seeder, InfoHash infoHash, DownloadPlan plan, int number)
    {
        var giveUp = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (true)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
            {
                NoDelay = true,
                ReceiveTimeout = (int)Patience.TotalMilliseconds,
            };
            try
            {
                socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)(2 + number)]), 0));
                socket.Connect(IPAddress.Loopback, seeder.Port);
                ShakeHands(socket, infoHash);
                return new DownloadingPeer(socket, seeder.Name, plan);
            }
            catch (Exception error) when (error is SocketException or EndOfStreamException && Environment.TickCount64 < giveUp)
            {
                // It does not listen yet, or does not know of the torrent yet.
                socket.Dispose();
                Thread.Sleep(100);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    /// <summary>Asks for as much as may be under way, once there is room for many requests at a time.</summary>
    public void Ask()
    {
        if (!IsUnchoked || _outstanding.Count > MostOutstanding - RequestsAtOnce)
        {
            return;
        }

        var length = 0;
        while (_outstanding.Count < MostOutstanding)
        {
            if (_blocks.Count == 0)
            {
                _plan.Take(_blocks);
            }

            var block = _blocks.Dequeue();
            _outstanding.Add(block);
            var request = _requests.AsSpan(length, RequestLength);
            BinaryPrimitives.WriteInt32BigEndian(request, RequestLength - sizeof(int));
            request[sizeof(int)] = (byte)PeerMessage.Request;
            block.Write(request[(sizeof(int) + 1)..]);
            length += RequestLength;
        }

        if (length > 0)
        {
            Socket.Send(_requests.AsSpan(0, length));
        }
    }

    /// <summary>Takes what has come.</summary>
    /// <param name="buffer">Need not be kept.</param>
    public void Receive(byte[] buffer)
    {
        _fragment.AsSpan(0, _fragmentLength).CopyTo(buffer);
        var count = Socket.Receive(buffer.AsSpan(_fragmentLength));
        if (count == 0)
        {
            throw new EndOfStreamException($"{_seeder} has let a peer go.");
        }

        var rest = TakeMessages(buffer.AsSpan(0, _fragmentLength + count));
        rest.CopyTo(_fragment);
        _fragmentLength = rest.Length;
    }

    public void Dispose() => Socket.Dispose();

    private static void ShakeHands(Socket socket, InfoHash infoHash)
    {
        Span<byte> handshake = stackalloc byte[PeerHandshake.Length];
        PeerHandshake.Write(handshake, infoHash, new PeerId(RandomNumberGenerator.GetBytes(PeerId.Length)));
        socket.Send(handshake);
        for (var rest = handshake; rest.Length > 0;)
        {
            var count = socket.Receive(rest);
            rest = count > 0 ? rest[count..] : throw new EndOfStreamException("The seeder does not want a peer.");
        }

        if (!PeerHandshake.HasFast(handshake))
        {
            throw new NotSupportedException("The seeder does not say which requests it refuses (BEP 6).");
        }

        socket.Send([0, 0, 0, 1, (byte)PeerMessage.HaveNone, 0, 0, 0, 1, (byte)PeerMessage.Interested]);
    }

    /// <returns>The beginning of a message whose head has not come whole.</returns>
    private ReadOnlySpan<byte> TakeMessages(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            if (_rest > 0)
            {
                bytes = bytes[TakeBody(bytes)..];
                if (_rest > 0)
                {
                    return bytes;
                }
            }

            if (bytes.Length < sizeof(int))
            {
                return bytes;
            }

            var length = BinaryPrimitives.ReadInt32BigEndian(bytes);
            if (length == 0)
            {
                bytes = bytes[sizeof(int)..];
                continue;
            }

            if (length is < 0 or > MostOfOtherMessages)
            {
                throw new InvalidDataException($"{_seeder} announces a message of {length} bytes.");
            }

            if (bytes.Length < sizeof(int) + Math.Min(length, HeadLength(bytes)))
            {
                return bytes;
            }

            bytes = bytes[TakeHead(length, bytes)..];
        }
    }

    // Behind the length, as far as it is to come in one.
    private static int HeadLength(ReadOnlySpan<byte> bytes) => bytes.Length == sizeof(int) ? 1 : (PeerMessage)bytes[sizeof(int)] switch
    {
        PeerMessage.Piece => PieceHeaderLength - sizeof(int),
        PeerMessage.RejectRequest => 1 + BlockRequest.Size,
        _ => 1,
    };

    private int TakeHead(int length, ReadOnlySpan<byte> bytes)
    {
        var taken = sizeof(int) + HeadLength(bytes);
        var body = bytes[(sizeof(int) + 1)..taken];
        _rest = sizeof(int) + length - taken;
        _keep = default;
        _block = default;
        switch ((PeerMessage)bytes[sizeof(int)])
        {
            case PeerMessage.Choke:
                IsUnchoked = false;
                break;
            case PeerMessage.Unchoke:
                IsUnchoked = true;
                break;
            case PeerMessage.RejectRequest:
                var refused = BlockRequest.Read(body);
                Answer(refused);
                _plan.Refuse(refused);
                break;
            case PeerMessage.Piece:
                _block = new BlockRequest(BinaryPrimitives.ReadInt32BigEndian(body), BinaryPrimitives.ReadInt32BigEndian(body[sizeof(int)..]), _rest);
                Answer(_block);
                _keep = _plan.KeepIn(_block);
                break;
        }

        return taken;
    }

    private int TakeBody(ReadOnlySpan<byte> bytes)
    {
        var part = bytes[..Math.Min(_rest, bytes.Length)];
        if (!_keep.IsEmpty)
        {
            part.CopyTo(_keep.Span);
            _keep = _keep[part.Length..];
        }

        _rest -= part.Length;
        if (_rest == 0 && _block.Length > 0)
        {
            _plan.Count(_block);
        }

        return part.Length;
    }

    private void Answer(BlockRequest block)
    {
        if (!_outstanding.Remove(block))
        {
            throw new InvalidDataException($"{_seeder} answers what it was not asked for: {block}");
        }
    }
}
