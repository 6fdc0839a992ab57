using System.Net;
using System.Net.Sockets;

namespace OrchardTracker.Publishing;

/// <summary>
/// One peer, as a seeder sees it: it may ask for bytes, and gets them when it has a slot. One flow reads what it says,
/// another one writes; what passes between them is guarded by a lock.
/// </summary>
internal sealed partial class PeerConnection : IDisposable
{
    private readonly Seeder _seeder;
    private readonly Socket _socket;

    // Not disposed of, as little as the semaphore: they hold nothing of the system, and whoever closes or wakes may come late.
    private readonly CancellationTokenSource _closing = new();
    private SeededTorrent? _torrent;
    private OpenTorrent _open = null!;
    private bool _hasFast;
    private bool _hasExtensions;
    private int _isClosed;
    private long _deadline;
    private long _lastSent;

    public PeerConnection(Seeder seeder, Socket socket)
    {
        _seeder = seeder;
        _socket = socket;
        Address = Unmap((IPEndPoint)socket.RemoteEndPoint!);
        ConnectedAt = Environment.TickCount64;
        _deadline = ConnectedAt + (long)seeder.Options.HandshakeTimeout.TotalMilliseconds;
        _peerRate = new RateBucket(seeder.Options.MaxRatePerPeer, seeder.Time);
    }

    /// <summary>Of an IPv4 peer an IPv4 address, whatever socket it came in by.</summary>
    public IPEndPoint Address { get; }

    /// <summary>As all times here, in milliseconds of <see cref="Environment.TickCount64"/>.</summary>
    public long ConnectedAt { get; }

    public SeededTorrent? Torrent => Volatile.Read(ref _torrent);

    public bool IsInterested { get; private set; }

    /// <summary>Bytes last went to the peer at this time; 0 when none have.</summary>
    public long LastSent => Volatile.Read(ref _lastSent);

    /// <summary>Whether the peer has kept silent, or has taken nothing, for too long.</summary>
    public bool IsOverdue(long now) => now > Volatile.Read(ref _deadline) || now > Volatile.Read(ref _sendDeadline);

    /// <summary>Serves the peer until it goes or is let go. Does not throw.</summary>
    public async Task RunAsync()
    {
        try
        {
            _socket.NoDelay = true;
            if (await ReceiveHandshakeAsync())
            {
                var sending = SendAsync();
                try
                {
                    await ReceiveMessagesAsync();
                }
                finally
                {
                    Close();
                    await sending;
                }
            }
        }
        catch (Exception error) when (IsEnd(error))
        {
            // The peer is gone, or was let go.
        }
        catch (Exception error)
        {
            _seeder.ReportFault(_torrent, error);
        }
        finally
        {
            Close();
            _seeder.Slots.Remove(this);
            _seeder.Remove(this);
            Dispose();
        }
    }

    /// <summary>Lets the peer go. Both flows end. May be called at any time, and does not throw.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            // What others hang on the token runs elsewhere: it is not for the caller to wait for, nor to fail by.
            _ = _closing.CancelAsync();
            _socket.Dispose();
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        ReturnBuffers();
    }

    private static IPEndPoint Unmap(IPEndPoint endPoint) =>
        endPoint.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(endPoint.Address.MapToIPv4(), endPoint.Port) : endPoint;

    private bool IsEnd(Exception error) =>
        error is SocketException or ObjectDisposedException or OperationCanceledException || Volatile.Read(ref _isClosed) == 1;
}
