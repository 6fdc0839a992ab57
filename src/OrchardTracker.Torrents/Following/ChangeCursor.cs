namespace OrchardTracker.Torrents.Following;

/// <summary>
/// How far this server has read the log of changes. Numbers are given when a change is written and seen when its transaction
/// is kept, which may be later than those of numbers that follow: so the ones that were left out are looked for as well, for
/// a while. Most of them were undone. One for the shell; thread-safe.
/// </summary>
public sealed class ChangeCursor
{
    /// <summary>So many numbers that were left out are looked for.</summary>
    internal const int MostMissing = 500;

    // No request takes longer.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<long, DateTime> _missing = [];
    private long? _last;

    /// <summary>Tells what this server has written from what others have.</summary>
    internal string Server { get; } = Guid.NewGuid().ToString("N");

    internal bool HasBegun => _last is not null;

    /// <summary>The highest number that was seen, and lower ones that were not.</summary>
    internal (long Last, IReadOnlyList<long> Missing) Position
    {
        get
        {
            lock (_gate)
            {
                return (_last ?? 0, [.. _missing.Keys]);
            }
        }
    }

    /// <param name="ids">The last numbers of the log, in order.</param>
    internal void Begin(IReadOnlyList<long> ids, DateTime now)
    {
        lock (_gate)
        {
            _last ??= ids.Count > 0 ? ids[0] - 1 : 0;
            Pass(ids, now);
        }
    }

    /// <param name="ids">In order.</param>
    internal void Pass(IEnumerable<long> ids, DateTime now)
    {
        lock (_gate)
        {
            foreach (var id in ids)
            {
                _missing.Remove(id);
                if (id > _last)
                {
                    Miss(Math.Max(_last.Value + 1, id - MostMissing), id, now);
                    _last = id;
                }
            }

            foreach (var (id, _) in _missing.Where(entry => now - entry.Value > Patience).ToList())
            {
                _missing.Remove(id);
            }
        }
    }

    private void Miss(long first, long end, DateTime now)
    {
        for (var id = first; id < end; id++)
        {
            _missing[id] = now;
        }

        foreach (var oldest in _missing.Keys.Order().Take(_missing.Count - MostMissing).ToList())
        {
            _missing.Remove(oldest);
        }
    }
}
