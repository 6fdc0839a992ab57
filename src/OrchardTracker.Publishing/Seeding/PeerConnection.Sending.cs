using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;

namespace OrchardTracker.Publishing;

/// <content>What is said to the peer: small messages at once, bytes of files when it has a slot and the rates allow.</content>
internal sealed partial class PeerConnection
{
    // Read and sent in one go.
    private const int BatchLength = 128 << 10;
    private const int MaxBatchBlocks = 16;
    private const int KeepAliveMilliseconds = 100_000;
    private const int PieceHeaderLength = sizeof(int) + 1 + (2 * sizeof(int));
    private const int MaxWaitingMetadata = 4_096;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly ArrayBufferWriter<byte> _control = new(64);
    private readonly List<BlockRequest> _requests = [];
    private readonly Queue<int> _metadataRequests = new();
    private readonly RateBucket _peerRate;
    private byte _metadataIdOfPeer;
    private bool _isUnchoked;
    private bool _isIdle = true;
    private long _sendDeadline = long.MaxValue;
    private long _lastSpoken = Environment.TickCount64;

    /// <summary>Gives the peer a slot, or takes it away: what it has asked for is then not sent any more.</summary>
    public void SetUnchoked(bool isUnchoked)
    {
        lock (_gate)
        {
            if (_isUnchoked == isUnchoked)
            {
                return;
            }

            _isUnchoked = isUnchoked;
            WriteControl(isUnchoked ? PeerMessage.Unchoke : PeerMessage.Choke, []);
            if (!isUnchoked)
            {
                _requests.ForEach(Reject);
                _requests.Clear();
            }
        }

        Wake();
    }

    /// <summary>Whether the peer has asked for bytes that it has not got.</summary>
    public bool HasRequests
    {
        get
        {
            lock (_gate)
            {
                return _requests.Count > 0;
            }
        }
    }

    // To be asked under the lock.
    private bool IsFlooded => _control.WrittenCount > MaxWaitingControl;

    /// <summary>Tells a peer that waits that it is not forgotten (BEP 3).</summary>
    public void KeepAlive(long now)
    {
        if (now - Volatile.Read(ref _lastSpoken) > KeepAliveMilliseconds && Torrent is not null)
        {
            lock (_gate)
            {
                Volatile.Write(ref _lastSpoken, now);
                _control.GetSpan(sizeof(int))[..sizeof(int)].Clear();
                _control.Advance(sizeof(int));
            }

            Wake();
        }
    }

    private void Introduce()
    {
        lock (_gate)
        {
            if (_hasExtensions)
            {
                var body = PeerExtensions.WriteHandshake(
                    new ArrayBufferWriter<byte>(128), _open.Metainfo.InfoBytes.Length, _seeder.Options.QueueDepth, Address.Address);
                WriteControl(PeerMessage.Extended, [0, .. body]);
            }

            if (_hasFast)
            {
                WriteControl(PeerMessage.HaveAll, []);
            }
            else
            {
                WriteControl(PeerMessage.Bitfield, MakeBitfield(_open.Metainfo.PieceCount));
            }
        }

        Wake();
    }

    private static byte[] MakeBitfield(int pieces)
    {
        var bitfield = new byte[(pieces + 7) / 8];
        bitfield.AsSpan().Fill(0xFF);
        if (pieces % 8 != 0)
        {
            bitfield[^1] = (byte)(0xFF << (8 - (pieces % 8)));
        }

        return bitfield;
    }

    /// <returns>False when the peer asks for more than anybody would who takes what he gets.</returns>
    private bool Enqueue(BlockRequest request)
    {
        lock (_gate)
        {
            if (_isUnchoked && _requests.Count < _seeder.Options.QueueDepth)
            {
                _requests.Add(request);
            }
            else
            {
                Reject(request);
            }

            if (IsFlooded)
            {
                return false;
            }
        }

        Wake();
        return true;
    }

    private void EnqueueMetadata(int piece)
    {
        lock (_gate)
        {
            if (_metadataIdOfPeer != 0 && _metadataRequests.Count < MaxWaitingMetadata)
            {
                _metadataRequests.Enqueue(piece);
            }
        }

        Wake();
    }

    private void Cancel(BlockRequest request)
    {
        lock (_gate)
        {
            if (_requests.Remove(request))
            {
                Reject(request);
            }
        }

        Wake();
    }

    // BEP 6: every request is answered, by bytes or by a reject. Who does not know of it is told nothing.
    private void Reject(BlockRequest request)
    {
        if (_hasFast)
        {
            Span<byte> body = stackalloc byte[BlockRequest.Size];
            request.Write(body);
            WriteControl(PeerMessage.RejectRequest, body);
        }
    }

    private void WriteControl(PeerMessage message, ReadOnlySpan<byte> body) => Write(_control, message, body);

    private static void Write(ArrayBufferWriter<byte> output, PeerMessage message, ReadOnlySpan<byte> body)
    {
        var span = output.GetSpan(sizeof(int) + 1 + body.Length);
        BinaryPrimitives.WriteInt32BigEndian(span, 1 + body.Length);
        span[sizeof(int)] = (byte)message;
        body.CopyTo(span[(sizeof(int) + 1)..]);
        output.Advance(sizeof(int) + 1 + body.Length);
    }

    private void Wake()
    {
        lock (_gate)
        {
            if (!_isIdle)
            {
                return;
            }

            _isIdle = false;
        }

        if (Volatile.Read(ref _isClosed) == 0)
        {
            _wake.Release();
        }
    }

    private async Task SendAsync()
    {
        byte[]? buffer = null;
        try
        {
            List<BlockRequest> batch = [];
            while (true)
            {
                if (!HasWork())
                {
                    if (buffer is not null)
                    {
                        ArrayPool<byte>.Shared.Return(buffer);
                        buffer = null;
                    }

                    await _wake.WaitAsync(_closing.Token);
                    continue;
                }

                await SendControlAsync();
                await SendMetadataAsync();
                if (TakeBatch(batch) is var length and > 0)
                {
                    buffer ??= ArrayPool<byte>.Shared.Rent(BatchLength + MaxBlockLength + (MaxBatchBlocks * PieceHeaderLength));
                    await SendBlocksAsync(batch, length, buffer);
                }
            }
        }
        catch (Exception error) when (IsEnd(error))
        {
        }
        catch (Exception error)
        {
            _seeder.ReportFault(_torrent, error);
        }
        finally
        {
            if (buffer is not null)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }

            Close();
        }
    }

    private bool HasWork()
    {
        lock (_gate)
        {
            return !(_isIdle = _control.WrittenCount == 0 && _metadataRequests.Count == 0 && _requests.Count == 0);
        }
    }

    private async ValueTask SendControlAsync()
    {
        byte[] copy;
        int length;
        lock (_gate)
        {
            length = _control.WrittenCount;
            if (length == 0)
            {
                return;
            }

            copy = ArrayPool<byte>.Shared.Rent(length);
            _control.WrittenSpan.CopyTo(copy);
            _control.ResetWrittenCount();
        }

        try
        {
            await SendAsync(copy.AsMemory(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    // One piece of metadata at a time, and no faster than bytes of files: they are a thousand times the size of what asks
    // for them.
    private async ValueTask SendMetadataAsync()
    {
        int piece;
        byte id;
        lock (_gate)
        {
            if (!_metadataRequests.TryDequeue(out piece))
            {
                return;
            }

            id = _metadataIdOfPeer;
        }

        var metadata = new ArrayBufferWriter<byte>(PeerExtensions.MetadataPieceLength + 128);
        PeerExtensions.WriteMetadata(metadata, _open.Metainfo.InfoBytes.Span, piece);
        await TakeRateAsync(metadata.WrittenCount);
        var message = new ArrayBufferWriter<byte>(metadata.WrittenCount + PieceHeaderLength);
        Write(message, PeerMessage.Extended, [id, .. metadata.WrittenSpan]);
        await SendAsync(message.WrittenMemory);
    }

    // The peer's own rate first: of a peer that goes while it waits for that one, the others have lost nothing.
    private async ValueTask TakeRateAsync(int length)
    {
        await _peerRate.TakeAsync(length, _closing.Token);
        await _seeder.Rate.TakeAsync(length, _closing.Token);
    }

    /// <summary>Takes requests out of the line that follow each other in the file, so that one read serves them all.</summary>
    /// <returns>The bytes they ask for.</returns>
    private int TakeBatch(List<BlockRequest> batch)
    {
        batch.Clear();
        var most = Math.Min(BatchLength, Math.Min(_peerRate.Portion, _seeder.Rate.Portion));
        var length = 0;
        var next = -1L;
        lock (_gate)
        {
            foreach (var request in _requests)
            {
                var offset = OffsetOf(request);
                if (batch.Count > 0 && (offset != next || length + request.Length > most || batch.Count == MaxBatchBlocks))
                {
                    break;
                }

                batch.Add(request);
                length += request.Length;
                next = offset + request.Length;
            }

            _requests.RemoveRange(0, batch.Count);
        }

        return length;
    }

    private async ValueTask SendBlocksAsync(List<BlockRequest> batch, int length, byte[] buffer)
    {
        await TakeRateAsync(length);
        var blocks = new Memory<byte>[batch.Count];
        var position = 0;
        for (var i = 0; i < blocks.Length; i++)
        {
            WritePieceHeader(buffer.AsSpan(position), batch[i]);
            blocks[i] = buffer.AsMemory(position + PieceHeaderLength, batch[i].Length);
            position += PieceHeaderLength + batch[i].Length;
        }

        await _open.Content.ReadAsync(OffsetOf(batch[0]), blocks, _closing.Token);
        await SendAsync(buffer.AsMemory(0, position));
        _torrent!.CountUploaded(length);
        _seeder.CountUploaded(length);
        Volatile.Write(ref _lastSent, Environment.TickCount64);
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        Volatile.Write(ref _sendDeadline, Environment.TickCount64 + (long)_seeder.Options.SendTimeout.TotalMilliseconds);
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None)..];
        }

        Volatile.Write(ref _sendDeadline, long.MaxValue);
        Volatile.Write(ref _lastSpoken, Environment.TickCount64);
    }

    private static void WritePieceHeader(Span<byte> header, BlockRequest request)
    {
        BinaryPrimitives.WriteInt32BigEndian(header, PieceHeaderLength - sizeof(int) + request.Length);
        header[sizeof(int)] = (byte)PeerMessage.Piece;
        BinaryPrimitives.WriteInt32BigEndian(header[(sizeof(int) + 1)..], request.Piece);
        BinaryPrimitives.WriteInt32BigEndian(header[((2 * sizeof(int)) + 1)..], request.Begin);
    }

    private long OffsetOf(BlockRequest request) => ((long)request.Piece * _open.Metainfo.PieceLength) + request.Begin;

    private void ReturnBuffers() => ArrayPool<byte>.Shared.Return(_received);
}
