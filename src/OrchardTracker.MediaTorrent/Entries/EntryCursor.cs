namespace OrchardTracker.MediaTorrent.Entries;

/// <summary>
/// How far this server has read what the site's servers have saved of entries. One for the shell; for one reader at a time.
/// </summary>
internal sealed class EntryCursor
{
    // A row has its number before it can be seen, by as long as its transaction takes.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Dictionary<long, DateTime> _read = [];

    /// <summary>The number up to which all rows have been read; null before it has begun.</summary>
    public long? Row { get; private set; }

    public void Begin(long lastRow) => Row = lastRow;

    public bool HasRead(long row) => _read.ContainsKey(row);

    public void Pass(IEnumerable<long> rows, DateTime now)
    {
        foreach (var row in rows)
        {
            _read.TryAdd(row, now);
        }

        foreach (var (row, _) in _read.Where(read => now - read.Value > Patience).ToList())
        {
            _read.Remove(row);
            Row = Math.Max(Row ?? 0, row);
        }
    }
}
