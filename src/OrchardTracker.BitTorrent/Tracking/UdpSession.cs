using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace OrchardTracker.BitTorrent;

/// <summary>A conversation with one UDP tracker: it keeps the connection id and sends again what is not answered (BEP 15).</summary>
internal sealed class UdpSession : IDisposable
{
    private const long ProtocolId = 0x41727101980;
    private const int MaxPacket = 65_535;

    // BEP 15 doubles eight times.
    private const int LongestDoubling = 8;

    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(1);

    private readonly TrackerClientOptions _options;
    private readonly Socket _socket;
    private readonly byte[] _received = new byte[MaxPacket];
    private long? _connectionId;
    private long _connectedAt;

    public UdpSession(IPEndPoint tracker, TrackerClientOptions options)
    {
        _options = options;
        AddressLength = tracker.AddressFamily == AddressFamily.InterNetworkV6 ? 16 : 4;
        _socket = new Socket(tracker.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            // A connected socket hears nobody but the tracker.
            _socket.Connect(tracker);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>Of the addresses in replies: which kind comes depends on how the packets travel.</summary>
    public int AddressLength { get; }

    /// <summary>Sends a packet, in which the ids are still open, until there is an answer to it.</summary>
    /// <returns>The answer, of at least the given length; valid until the next call.</returns>
    /// <exception cref="TrackerException">The tracker refused, or did not answer.</exception>
    /// <exception cref="SocketException">The tracker cannot be reached.</exception>
    public async Task<ReadOnlyMemory<byte>> AskAsync(byte[] packet, UdpAction action, int minLength, CancellationToken cancellationToken)
    {
        var transaction = NewTransaction();
        var connectTransaction = NewTransaction();
        BinaryPrimitives.WriteInt32BigEndian(packet.AsSpan(12), transaction);
        for (var retry = 0; retry <= _options.UdpRetries; retry++)
        {
            var patience = _options.UdpTimeout * Math.Pow(2, Math.Min(retry, LongestDoubling));
            try
            {
                // The id may have run out while we waited: then it is asked for anew, and the wait goes on growing.
                if (_connectionId is null || _options.TimeProvider.GetElapsedTime(_connectedAt) >= ConnectionLife)
                {
                    await ConnectAsync(connectTransaction, patience, cancellationToken).ConfigureAwait(false);
                }

                BinaryPrimitives.WriteInt64BigEndian(packet, _connectionId.GetValueOrDefault());
                return await SendAsync(packet, transaction, action, minLength, patience, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // No answer yet: once more.
            }
        }

        throw new TrackerException(TrackerErrorKind.TimedOut, "The tracker did not answer in time.");
    }

    public void Dispose() => _socket.Dispose();

    private async Task ConnectAsync(int transaction, TimeSpan patience, CancellationToken cancellationToken)
    {
        _connectionId = null;
        var packet = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(packet, ProtocolId);
        BinaryPrimitives.WriteInt32BigEndian(packet.AsSpan(8), (int)UdpAction.Connect);
        BinaryPrimitives.WriteInt32BigEndian(packet.AsSpan(12), transaction);
        var reply = await SendAsync(packet, transaction, UdpAction.Connect, 16, patience, cancellationToken).ConfigureAwait(false);
        _connectionId = BinaryPrimitives.ReadInt64BigEndian(reply.Span[8..]);
        _connectedAt = _options.TimeProvider.GetTimestamp();
    }

    private async Task<ReadOnlyMemory<byte>> SendAsync(
        byte[] packet, int transaction, UdpAction action, int minLength, TimeSpan patience, CancellationToken cancellationToken)
    {
        await _socket.SendAsync(packet, cancellationToken).ConfigureAwait(false);
        using var timeout = new CancellationTokenSource(patience, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        return await ReceiveAsync(transaction, action, minLength, either.Token).ConfigureAwait(false);
    }

    private async Task<ReadOnlyMemory<byte>> ReceiveAsync(int transaction, UdpAction action, int minLength, CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = await _socket.ReceiveAsync(_received, cancellationToken).ConfigureAwait(false);
            var reply = _received.AsMemory(0, length);
            if (length < 8 || BinaryPrimitives.ReadInt32BigEndian(reply.Span[4..]) != transaction)
            {
                // Late, or from somebody who guesses.
                continue;
            }

            var answered = (UdpAction)BinaryPrimitives.ReadInt32BigEndian(reply.Span);
            if (answered == UdpAction.Error)
            {
                throw new TrackerException(TrackerErrorKind.Refused, ReplyValues.Text(Encoding.UTF8.GetString(reply.Span[8..])));
            }

            if (answered == action && length >= minLength)
            {
                return reply;
            }
        }
    }

    private static int NewTransaction() => BitConverter.ToInt32(RandomNumberGenerator.GetBytes(4));
}
