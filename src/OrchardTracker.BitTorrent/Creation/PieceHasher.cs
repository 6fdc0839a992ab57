using System.Buffers;
using System.Security.Cryptography;

namespace OrchardTracker.BitTorrent;

/// <summary>
/// Hashes a plan's pieces, for v1 and v2 in the same pass over the data. Some threads take turns at reading the next
/// chunk and hash it while others read. Memory is a chunk for each thread, whatever the files' sizes.
/// </summary>
internal sealed class PieceHasher
{
    // Chunks that stay in a processor's own cache between being read and being hashed; larger ones only where a piece is.
    private const int UsualChunk = 512 << 10;

    // All chunks together.
    private const int MaxMemory = 64 << 20;

    private readonly TorrentPlan _plan;
    private readonly IProgress<HashingProgress>? _progress;
    private readonly CancellationToken _cancellationToken;
    private readonly SourceReader _reader;
    private readonly Lock _reading = new();
    private readonly Lock _reporting = new();
    private readonly int _chunkLength;
    private long _done;
    private long _reported;
    private volatile bool _failed;

    public PieceHasher(TorrentPlan plan, IProgress<HashingProgress>? progress, CancellationToken cancellationToken)
    {
        _plan = plan;
        _progress = progress;
        _cancellationToken = cancellationToken;
        _reader = new SourceReader(plan, cancellationToken);
        _chunkLength = Math.Max(plan.PieceLength, UsualChunk);
        HashesV1 = plan.Version == MetainfoVersion.V2 ? [] : new byte[plan.PieceCount * SHA1.HashSizeInBytes];
        HashesV2 = plan.Version == MetainfoVersion.V1 ? [] : new byte[plan.PieceCount * MerkleTree.HashLength];

        // So that a torrent can be written on trial: a root of zeros is none.
        Array.Fill<byte>(HashesV2, 0xFF);
    }

    /// <summary>SHA-1 of each piece.</summary>
    public byte[] HashesV1 { get; }

    /// <summary>The hash of each piece in its file's tree.</summary>
    public byte[] HashesV2 { get; }

    public async Task HashAsync(int? threads)
    {
        var chunks = (_plan.End + _chunkLength - 1) / _chunkLength;
        var count = Math.Clamp(threads ?? (Environment.ProcessorCount + 1), 1, Math.Max(1, MaxMemory / _chunkLength));
        count = (int)Math.Min(count, chunks);
        _progress?.Report(new HashingProgress(0, _plan.TotalLength));
        try
        {
            // Threads of their own: on the pool's, a web server would wait for them to come free.
            await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Factory.StartNew(
                    Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)))
                .ConfigureAwait(false);
        }
        finally
        {
            _reader.Dispose();
        }
    }

    private void Run()
    {
        var rented = ArrayPool<byte>.Shared.Rent(_chunkLength);
        try
        {
            var chunk = rented.AsMemory(0, _chunkLength);
            while (true)
            {
                int length;
                long offset;
                lock (_reading)
                {
                    if (_failed || (length = _reader.Read(chunk, out offset)) == 0)
                    {
                        return;
                    }
                }

                Hash(chunk.Span[..length], offset);
                Report(offset, length);
            }
        }
        catch
        {
            _failed = true;
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void Hash(ReadOnlySpan<byte> chunk, long offset)
    {
        var piece = (int)(offset / _plan.PieceLength);
        var file = FindFile(offset);
        for (; !chunk.IsEmpty; piece++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var data = chunk[..Math.Min(chunk.Length, _plan.PieceLength)];
            chunk = chunk[data.Length..];
            if (_plan.Version != MetainfoVersion.V2)
            {
                SHA1.HashData(data, HashesV1.AsSpan(piece * SHA1.HashSizeInBytes));
            }

            if (_plan.IsAligned)
            {
                var start = (long)piece * _plan.PieceLength;
                while (_plan.Files[file].End <= start)
                {
                    file++;
                }

                var (source, end) = (_plan.Files[file].Source, _plan.Files[file].End);
                MerkleTree.HashPiece(
                    data[..(int)Math.Min(data.Length, end - start)],
                    source.Length <= _plan.PieceLength,
                    _plan.PieceLength,
                    HashesV2.AsSpan(piece * MerkleTree.HashLength));
            }
        }
    }

    // The first file that ends behind the offset.
    private int FindFile(long offset)
    {
        var (low, high) = (0, _plan.Files.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _plan.Files[middle].End > offset ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private void Report(long offset, int length)
    {
        if (_progress is null)
        {
            return;
        }

        var bytes = CountFileBytes(offset, offset + length);
        lock (_reporting)
        {
            _done += bytes;
            if (_done == _plan.TotalLength || _done - _reported >= Math.Max(_plan.TotalLength / 1_000, UsualChunk))
            {
                _reported = _done;
                _progress.Report(new HashingProgress(_done, _plan.TotalLength));
            }
        }
    }

    private long CountFileBytes(long start, long end)
    {
        var bytes = 0L;
        for (var i = FindFile(start); i < _plan.Files.Length && _plan.Files[i].Offset < end; i++)
        {
            bytes += Math.Max(0, Math.Min(end, _plan.Files[i].End) - Math.Max(start, _plan.Files[i].Offset));
        }

        return bytes;
    }
}
