using System.Globalization;
using OrchardCore.Modules;
using OrchardTracker.Torrents.Data;
using OrchardTracker.Torrents.Statistics;
using ISession = YesSql.ISession;

namespace OrchardTracker.Torrents.Counting;

/// <summary>Keeps the course of the last weeks: per torrent the highest counts of each day, and the sums of the site.</summary>
public sealed class DaySampler(ISession session, TorrentBoard board, TotalsReader totals, IClock clock)
{
    /// <summary>So long the course of a torrent is kept; that of the site is kept for good.</summary>
    public const int DaysKept = 60;

    private const int RowsAtOnce = 100;

    private readonly SessionSql _sql = new(session);

    /// <summary>A day as it stands in the tables.</summary>
    public static int DayOf(DateTime utc) => (int)((utc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerDay);

    public async Task SampleAsync(CancellationToken cancellationToken)
    {
        var day = DayOf(clock.UtcNow);
        foreach (var some in board.Entries.Where(entry => entry.IsEventful || entry.HighestSeeders + entry.HighestLeechers > 0).Chunk(RowsAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await _sql.ExecuteAsync(string.Join(";\n", some.SelectMany(entry => Statements(entry, day))));
            await session.SaveChangesAsync(CancellationToken.None);
            foreach (var entry in some)
            {
                (entry.HighestSeeders, entry.HighestLeechers, entry.IsEventful) = (entry.Seeders + entry.ElsewhereSeeders, entry.Leechers + entry.ElsewhereLeechers, false);
            }
        }

        await totals.WriteAsync(day, await totals.SumAsync());
        await _sql.ExecuteAsync($"DELETE FROM {_sql.Table(PlainTables.Days)} WHERE {_sql.Column("Day")} < @first", ("first", day - DaysKept));
        await session.SaveChangesAsync(CancellationToken.None);
    }

    /// <summary>A row for the day where there is none, then the higher of what it says and what is seen.</summary>
    private IEnumerable<string> Statements(BoardEntry entry, int day)
    {
        var table = _sql.Table(PlainTables.Days);
        var row = string.Create(CultureInfo.InvariantCulture, $"{_sql.Column("TorrentId")} = {entry.Id} AND {_sql.Column("Day")} = {day}");
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"INSERT INTO {table} ({_sql.Columns("TorrentId", "Day", "Seeders", "Leechers", "Completed")}) SELECT {entry.Id}, {day}, 0, 0, 0 FROM {_sql.Table(PlainTables.Records)} WHERE {_sql.Column("Id")} = {entry.Id} AND NOT EXISTS (SELECT 1 FROM {table} WHERE {row})");
        yield return $"UPDATE {table} SET {Higher("Seeders", entry.HighestSeeders + entry.ForeignSeeders)}, {Higher("Leechers", entry.HighestLeechers + entry.ForeignLeechers)}, {Higher("Completed", entry.Completed + entry.ForeignCompleted)} WHERE {row}";
    }

    private string Higher(string column, int value) => string.Create(
        CultureInfo.InvariantCulture, $"{_sql.Column(column)} = CASE WHEN {_sql.Column(column)} < {value} THEN {value} ELSE {_sql.Column(column)} END");
}
