using System.Numerics;
using System.Text;

namespace OrchardTracker.BitTorrent;

/// <summary>What is to be hashed: the files in their order and place, and how they are cut into pieces.</summary>
internal sealed class TorrentPlan
{
    private const int ShortestPiece = 16 << 10;
    private const int LongestPiece = 32 << 20;

    /// <exception cref="TorrentCreationException">The files, or what is asked for, cannot become a torrent.</exception>
    public TorrentPlan(string name, bool isSingleFile, IEnumerable<TorrentSource> sources, TorrentOptions options)
    {
        Version = options.Version;
        Name = name;
        IsSingleFile = isSingleFile;
        var sorted = sources.Select(source => (Source: source, Key: SortKey(source.Path))).ToArray();
        Array.Sort(sorted, (a, b) => a.Key.AsSpan().SequenceCompareTo(b.Key));
        TorrentSource[] ordered = [.. sorted.Select(entry => entry.Source)];
        CheckNames(ordered, options.Limits);
        TotalLength = CheckTotal(ordered);
        PieceLength = CheckPieceLength(options.PieceLength ?? TorrentCreator.ChoosePieceLength(TotalLength));
        Files = Place(ordered);
        PieceCount = CheckPieceCount(options.Limits);
    }

    public MetainfoVersion Version { get; }

    public string Name { get; }

    public bool IsSingleFile { get; }

    /// <summary>Bytes of all files, without padding.</summary>
    public long TotalLength { get; }

    public int PieceLength { get; }

    public int PieceCount { get; }

    /// <summary>In the order of their paths' bytes, which is the order of a v2 tree (BEP 52).</summary>
    public PlannedFile[] Files { get; }

    /// <summary>Where the last piece ends, padding included.</summary>
    public long End { get; private set; }

    /// <summary>Whether each file begins with a piece.</summary>
    public bool IsAligned => Version != MetainfoVersion.V1;

    /// <summary>
    /// Whether the gaps between files are padding that v1 clients see. As in BEP 52's reference, the last file is padded
    /// like the others, and a single one not at all.
    /// </summary>
    public bool IsPadded => Version == MetainfoVersion.Hybrid && Files.Length > 1;

    /// <summary>How many zeros follow a file.</summary>
    public long PaddingAfter(PlannedFile file) =>
        IsPadded && file.Source.Length > 0 ? (PieceLength - (file.End % PieceLength)) % PieceLength : 0;

    // Zero sorts before any byte of a name, so that comparing the whole compares name by name.
    private static byte[] SortKey(IReadOnlyList<string> path) => Encoding.UTF8.GetBytes(string.Join('\0', path));

    // All that a reader would refuse is found here, before the hashing.
    private void CheckNames(TorrentSource[] sources, MetainfoLimits limits)
    {
        if (sources.Length > limits.MaxFiles)
        {
            throw new TorrentCreationException("The torrent has more than {0} files.", limits.MaxFiles);
        }

        var nameBytes = Encoding.UTF8.GetByteCount(Name);
        IReadOnlyList<string> previous = [];
        foreach (var path in sources.Select(source => source.Path))
        {
            if (path.Count == 0)
            {
                throw new TorrentCreationException("A file of the torrent has no path.");
            }

            if (path.Prepend(Name).Select(name => PathRules.FindFault(name, limits)).FirstOrDefault(fault => fault is not null) is { } fault)
            {
                throw new TorrentCreationException(fault);
            }

            if (path.Count > limits.MaxPathDepth)
            {
                throw new TorrentCreationException("A path has more than {0} folders.", limits.MaxPathDepth);
            }

            var bytes = path.Aggregate(nameBytes, (sum, name) => sum + 1 + Encoding.UTF8.GetByteCount(name));
            if (bytes > limits.MaxPathBytes)
            {
                throw new TorrentCreationException(
                    "The path of '{0}' is {1} bytes long; {2} are allowed.", PathRules.Show(path[^1]), bytes, limits.MaxPathBytes);
            }

            // Sorted as they are, what lies below a file of the same name comes right behind it.
            if (previous.Count > 0 && path.Take(previous.Count).SequenceEqual(previous))
            {
                throw new TorrentCreationException(
                    path.Count == previous.Count ? "Two files have the same path '{0}'." : "'{0}' is a file and a folder at once.",
                    PathRules.Show(string.Join('/', previous)));
            }

            previous = path;
        }
    }

    private static long CheckTotal(IEnumerable<TorrentSource> sources)
    {
        var total = 0L;
        foreach (var source in sources)
        {
            total = source.Length <= (long.MaxValue / 8) - total
                ? total + source.Length
                : throw new TorrentCreationException("The files are longer than any disk.");
        }

        return total > 0 ? total : throw new TorrentCreationException("There is no data to make a torrent of: no file has any bytes.");
    }

    private static int CheckPieceLength(int length) =>
        BitOperations.IsPow2(length) && length is >= ShortestPiece and <= LongestPiece
            ? length
            : throw new TorrentCreationException(
                "The piece length must be a power of two from {0} to {1} bytes, not {2}.", ShortestPiece, LongestPiece, length);

    private PlannedFile[] Place(TorrentSource[] sources)
    {
        var files = new PlannedFile[sources.Length];
        var end = 0L;
        for (var i = 0; i < sources.Length; i++)
        {
            files[i] = new PlannedFile(sources[i], sources[i].Length > 0 && IsAligned ? RoundUp(end) : end);
            end = files[i].End;
        }

        End = Version == MetainfoVersion.Hybrid && sources.Length > 1 ? RoundUp(end) : end;
        return files;
    }

    private int CheckPieceCount(MetainfoLimits limits)
    {
        var pieces = RoundUp(End) / PieceLength;
        var hashLength = Version switch { MetainfoVersion.V1 => 20, MetainfoVersion.V2 => 32, _ => 52 };
        return pieces <= limits.MaxBytes / hashLength
            ? (int)pieces
            : throw new TorrentCreationException(
                "With pieces of {0} bytes the torrent would be longer than {1} bytes. Choose larger pieces.", PieceLength, limits.MaxBytes);
    }

    private long RoundUp(long offset) => (offset + PieceLength - 1) / PieceLength * PieceLength;
}
