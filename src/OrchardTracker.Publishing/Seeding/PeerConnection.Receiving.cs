using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Numerics;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <content>What the peer says. Nothing it says is believed before it is checked, and nothing makes memory grow.</content>
internal sealed partial class PeerConnection
{
    // Holds any message whose content matters; the others are passed over as they come.
    private const int ReceiveBufferLength = 16 << 10;

    // Longer than any client asks for at once.
    private const int MaxBlockLength = 128 << 10;

    // Answers nobody takes, 4,096 rejects: a peer that lets more of them wait has no good intentions.
    private const int MaxWaitingControl = 4_096 * (sizeof(int) + 1 + BlockRequest.Size);

    private readonly byte[] _received = ArrayPool<byte>.Shared.Rent(ReceiveBufferLength);
    private int _receivedStart;
    private int _receivedEnd;
    private long _toSkip;
    private bool _isSkippingBitfield;
    private long _piecesOfPeer;

    private ReadOnlySpan<byte> Unread => _received.AsSpan(_receivedStart, _receivedEnd - _receivedStart);

    private async Task<bool> ReceiveHandshakeAsync()
    {
        while (Unread.Length < PeerHandshake.LengthToHash)
        {
            if (!await ReceiveAsync() || !PeerHandshake.IsPossible(Unread))
            {
                return false;
            }
        }

        var infoHash = PeerHandshake.ReadHash(Unread);
        if (_seeder.Find(infoHash) is not { IsResting: false } torrent)
        {
            return false;
        }

        // Who may not be let in is not even told that the torrent is here.
        if (torrent.Admits is null)
        {
            await SendHandshakeAsync(infoHash);
        }

        while (Unread.Length < PeerHandshake.Length)
        {
            if (!await ReceiveAsync())
            {
                return false;
            }
        }

        var peerId = PeerHandshake.ReadPeerId(Unread);
        if (peerId == _seeder.PeerId)
        {
            return false;
        }

        if (torrent.Admits is { } admits && !await admits(new SeedPeer(infoHash, Address, peerId), _closing.Token))
        {
            return false;
        }

        (_hasFast, _hasExtensions) = (PeerHandshake.HasFast(Unread), PeerHandshake.HasExtensions(Unread));
        _receivedStart += PeerHandshake.Length;
        torrent.CountConnection(1);
        Interlocked.Exchange(ref _torrent, torrent);

        // Whoever took the torrent away in the meantime, or put another one in its place, could not know of this peer.
        if (_seeder.Find(infoHash) != torrent || torrent.IsResting)
        {
            return false;
        }

        if (torrent.Admits is not null)
        {
            await SendHandshakeAsync(infoHash);
        }

        _open = await torrent.OpenAsync();
        Introduce();
        Postpone();
        return true;
    }

    private async Task SendHandshakeAsync(InfoHash infoHash)
    {
        var handshake = new byte[PeerHandshake.Length];
        PeerHandshake.Write(handshake, infoHash, _seeder.PeerId);
        await _socket.SendAsync(handshake, SocketFlags.None);
    }

    private async Task ReceiveMessagesAsync()
    {
        do
        {
            if (!TakeMessages())
            {
                return;
            }
        }
        while (await ReceiveAsync());
    }

    private async ValueTask<bool> ReceiveAsync()
    {
        if (_receivedStart > 0)
        {
            Unread.CopyTo(_received);
            (_receivedStart, _receivedEnd) = (0, _receivedEnd - _receivedStart);
        }

        var count = await _socket.ReceiveAsync(_received.AsMemory(_receivedEnd), SocketFlags.None);
        _receivedEnd += count;
        return count > 0;
    }

    /// <summary>Takes all whole messages there are.</summary>
    /// <returns>False when the peer is to be let go.</returns>
    private bool TakeMessages()
    {
        while (SkipRest() && Unread.Length >= sizeof(int))
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(Unread);
            if (length == 0)
            {
                _receivedStart += sizeof(int);
                Postpone();
                continue;
            }

            if (Unread.Length == sizeof(int))
            {
                break;
            }

            var message = (PeerMessage)Unread[sizeof(int)];
            if (!IsWanted(message))
            {
                if (!BeginSkip(message, length - 1))
                {
                    return false;
                }

                continue;
            }

            if (length > ReceiveBufferLength - sizeof(int))
            {
                return false;
            }

            if (Unread.Length < sizeof(int) + (int)length)
            {
                break;
            }

            var body = Unread.Slice(sizeof(int) + 1, (int)length - 1);
            _receivedStart += sizeof(int) + (int)length;
            Postpone();
            if (!Take(message, body))
            {
                return false;
            }
        }

        return _toSkip >= 0;
    }

    private static bool IsWanted(PeerMessage message) => message is PeerMessage.Interested or PeerMessage.NotInterested
        or PeerMessage.Request or PeerMessage.Cancel or PeerMessage.HaveAll or PeerMessage.Extended;

    // Messages that mean nothing to a seeder, however long the peer says they are: a bitfield is only counted.
    private bool BeginSkip(PeerMessage message, long length)
    {
        var bitfieldLength = (_open.Metainfo.PieceCount + 7) / 8;
        if (message == PeerMessage.Piece || (message == PeerMessage.Bitfield && length != bitfieldLength)
            || length > Math.Max(bitfieldLength, MaxBlockLength))
        {
            return false;
        }

        _receivedStart += sizeof(int) + 1;
        _toSkip = length;
        _isSkippingBitfield = message == PeerMessage.Bitfield;
        if (_isSkippingBitfield)
        {
            // aria2 sends another one now and then, in place of many messages about single pieces.
            _piecesOfPeer = 0;
        }

        return true;
    }

    /// <returns>False when more is to be passed over than has come yet, or the peer has shown itself a seeder.</returns>
    private bool SkipRest()
    {
        if (_toSkip == 0)
        {
            return true;
        }

        var part = Unread[..(int)Math.Min(_toSkip, Unread.Length)];
        if (_isSkippingBitfield)
        {
            foreach (var eight in part)
            {
                _piecesOfPeer += BitOperations.PopCount(eight);
            }
        }

        _receivedStart += part.Length;
        _toSkip -= part.Length;
        if (_toSkip == 0)
        {
            Postpone();
            if (_isSkippingBitfield && HasEverything())
            {
                _toSkip = -1;
            }

            _isSkippingBitfield = false;
        }

        return _toSkip == 0;
    }

    private bool Take(PeerMessage message, ReadOnlySpan<byte> body)
    {
        switch (message)
        {
            case PeerMessage.Interested:
                return SetInterested(true);
            case PeerMessage.NotInterested:
                return SetInterested(false);
            case PeerMessage.Request when body.Length == BlockRequest.Size:
                return TakeRequest(BlockRequest.Read(body));
            case PeerMessage.Cancel when body.Length == BlockRequest.Size:
                Cancel(BlockRequest.Read(body));
                return true;
            case PeerMessage.Extended when body.Length > 0:
                return TakeExtended(body[0], body[1..]);

            // A message of a wrong size; or the peer has everything, and two seeders have nothing for each other.
            default:
                return false;
        }
    }

    private bool HasEverything() => _piecesOfPeer >= _open.Metainfo.PieceCount;

    /// <returns>False when the peer changes its mind again and again and reads nothing of what it is told each time.</returns>
    private bool SetInterested(bool isInterested)
    {
        IsInterested = isInterested;
        if (isInterested)
        {
            _seeder.Slots.Add(this);
        }
        else
        {
            _seeder.Slots.Remove(this);
        }

        lock (_gate)
        {
            return !IsFlooded;
        }
    }

    private bool TakeRequest(BlockRequest request)
    {
        var metainfo = _open.Metainfo;
        return request.Length is > 0 and <= MaxBlockLength
            && request.Piece >= 0 && request.Piece < metainfo.PieceCount
            && request.Begin >= 0 && (long)request.Begin + request.Length <= metainfo.GetPieceLength(request.Piece)
            && Enqueue(request);
    }

    private bool TakeExtended(byte id, ReadOnlySpan<byte> body)
    {
        try
        {
            if (id == 0)
            {
                _metadataIdOfPeer = PeerExtensions.ReadMetadataId(body);
            }
            else if (id == PeerExtensions.MetadataId && PeerExtensions.ReadMetadataRequest(body) is { } piece)
            {
                EnqueueMetadata(piece);
            }

            return true;
        }
        catch (BencodeException)
        {
            return false;
        }
    }

    private void Postpone() =>
        Volatile.Write(ref _deadline, Environment.TickCount64 + (long)_seeder.Options.IdleTimeout.TotalMilliseconds);
}
