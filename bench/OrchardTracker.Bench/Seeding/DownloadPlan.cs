using OrchardTracker.BitTorrent;
using OrchardTracker.Publishing;

namespace OrchardTracker.Bench;

/// <summary>What is to be asked for next: whole pieces in random order, round and round, and blocks that a peer was refused.</summary>
internal sealed class DownloadPlan
{
    private const int BlockLength = 16 << 10;
    private const int OneIsChecked = 64;

    private readonly Metainfo _metainfo;
    private readonly int[] _pieces;
    private readonly int[] _blocksUnderWay;
    private readonly Dictionary<int, byte[]> _samples = [];
    private readonly Stack<BlockRequest> _refused = [];
    private long _next;
    private long _taken;

    public DownloadPlan(Metainfo metainfo)
    {
        _metainfo = metainfo;
        _pieces = [.. Enumerable.Range(0, metainfo.PieceCount)];
        _blocksUnderWay = new int[metainfo.PieceCount];
        new Random(1).Shuffle(_pieces);
    }

    /// <summary>Bytes of the file so far.</summary>
    public long Received { get; private set; }

    /// <summary>Hands out the blocks of a piece, or one that was refused.</summary>
    public void Take(Queue<BlockRequest> blocks)
    {
        if (_refused.TryPop(out var block))
        {
            blocks.Enqueue(block);
            return;
        }

        var piece = NextPiece();
        var length = _metainfo.GetPieceLength(piece);
        if (_taken++ % OneIsChecked == 0)
        {
            _samples.Add(piece, new byte[length]);
        }

        for (var begin = 0; begin < length; begin += BlockLength)
        {
            blocks.Enqueue(new BlockRequest(piece, begin, Math.Min(BlockLength, length - begin)));
            _blocksUnderWay[piece]++;
        }
    }

    public void Refuse(BlockRequest block) => _refused.Push(block);

    /// <summary>Where the bytes of a block are to be kept; empty when nobody will look at them.</summary>
    public Memory<byte> KeepIn(BlockRequest block) =>
        _samples.TryGetValue(block.Piece, out var sample) ? sample.AsMemory(block.Begin, block.Length) : default;

    /// <exception cref="InvalidDataException">These are not the bytes of the torrent.</exception>
    public void Count(BlockRequest block)
    {
        Received += block.Length;
        if (--_blocksUnderWay[block.Piece] == 0 && _samples.Remove(block.Piece, out var sample) && !_metainfo.MatchesPiece(block.Piece, sample))
        {
            throw new InvalidDataException($"Piece {block.Piece} has come with other bytes.");
        }
    }

    // A peer that gets little may still wait for a piece when its turn comes again.
    private int NextPiece()
    {
        while (true)
        {
            var piece = _pieces[_next++ % _pieces.Length];
            if (_blocksUnderWay[piece] == 0)
            {
                return piece;
            }
        }
    }
}
