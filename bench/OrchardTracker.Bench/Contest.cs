using System.Diagnostics;

namespace OrchardTracker.Bench;

/// <summary>
/// Measures several operations in turns, round by round, so that whatever else the machine does meets all of them alike;
/// the median round counts.
/// </summary>
internal sealed class Contest
{
    private const int WarmUps = 3;
    private const int Rounds = 11;
    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(250);

    private readonly List<Contestant> _contestants = [];

    /// <param name="run">Does the operation so many times.</param>
    public void Add(string name, Action<int> run) => _contestants.Add(new Contestant(name, run));

    public IReadOnlyList<Result> Run()
    {
        foreach (var contestant in _contestants)
        {
            contestant.Calibrate();
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var contestant in _contestants)
            {
                contestant.Measure();
            }
        }

        return [.. _contestants.Select(contestant => contestant.Result)];
    }

    /// <param name="Nanoseconds">For each operation.</param>
    /// <param name="Bytes">Allocated for each operation; what the runtime makes once, in some round, is none of them.</param>
    public sealed record Result(string Name, double Nanoseconds, double Bytes)
    {
        public double PerSecond => 1e9 / Nanoseconds;
    }

    private sealed class Contestant(string name, Action<int> run)
    {
        private readonly List<double> _nanoseconds = [];
        private double _bytes = double.MaxValue;
        private int _count = 1000;

        public Result Result => new(name, _nanoseconds.Order().ElementAt(_nanoseconds.Count / 2), _bytes);

        public void Calibrate()
        {
            for (var warmUp = 0; warmUp < WarmUps; warmUp++)
            {
                var elapsed = Time();
                _count = (int)Math.Clamp(_count * (RoundTime / elapsed), 100, 50_000_000);
            }
        }

        public void Measure()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var elapsed = Time();
            _bytes = Math.Min(_bytes, (double)(GC.GetAllocatedBytesForCurrentThread() - before) / _count);
            _nanoseconds.Add(elapsed.TotalNanoseconds / _count);
        }

        private TimeSpan Time()
        {
            var start = Stopwatch.GetTimestamp();
            run(_count);
            return Stopwatch.GetElapsedTime(start);
        }
    }
}
