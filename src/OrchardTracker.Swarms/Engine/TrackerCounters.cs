namespace OrchardTracker.Swarms;

/// <summary>Counts since the start, kept apart by processor so that no two cores write the same cache line.</summary>
public sealed class TrackerCounters
{
    private static readonly int Kinds = Enum.GetValues<TrackerCounter>().Length;
    private static readonly int Width = (Kinds + Enum.GetValues<Failure>().Length + 15) / 8 * 8;

    private readonly int _mask = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount) - 1;
    private readonly long[] _counts;

    public TrackerCounters() => _counts = new long[Width * (_mask + 1)];

    public void Count(TrackerCounter counter, long by = 1) => Interlocked.Add(ref Cell((int)counter), by);

    public void Count(Failure failure) => Interlocked.Increment(ref Cell(Kinds + (int)failure));

    public long Read(TrackerCounter counter) => Sum((int)counter);

    public long Read(Failure failure) => Sum(Kinds + (int)failure);

    private ref long Cell(int kind) => ref _counts[(Thread.GetCurrentProcessorId() & _mask) * Width + kind];

    private long Sum(int kind)
    {
        long sum = 0;
        for (var cell = kind; cell < _counts.Length; cell += Width)
        {
            sum += Volatile.Read(ref _counts[cell]);
        }

        return sum;
    }
}
