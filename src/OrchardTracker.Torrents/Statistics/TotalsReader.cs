using System.Data.Common;
using System.Globalization;
using OrchardTracker.Torrents.Data;
using OrchardTracker.Torrents.Indexes;
using ISession = YesSql.ISession;

namespace OrchardTracker.Torrents.Statistics;

/// <summary>Sums up the site's torrents, now and by day.</summary>
public sealed class TotalsReader(ISession session)
{
    private readonly SessionSql _sql = new(session);

    /// <summary>One query over all published torrents: not for every request.</summary>
    public async Task<SiteTotals> SumAsync()
    {
        string[] sums = ["i:Size", "r:Seeders", "r:Leechers", "r:Completed", "r:Downloads"];
        var columns = string.Join(", ", sums.Select(sum => $"COALESCE(SUM(CAST({sum[0]}.{_sql.Column(sum[2..])} AS DECIMAL(20))), 0)"));
        var transferred = $"COALESCE(SUM(CAST(i.{_sql.Column("Size")} AS DECIMAL(30)) * r.{_sql.Column("Completed")}), 0)";
        var rows = await _sql.QueryAsync(
            $"SELECT COUNT(*), {columns}, {transferred} FROM {_sql.IndexTable<TorrentPartIndex>()} i "
            + $"INNER JOIN {_sql.Table(PlainTables.Records)} r ON r.{_sql.Column("InfoHash")} = i.{_sql.Column("InfoHash")} WHERE i.{_sql.Column("Published")} = @yes",
            reader => Read(reader, 0),
            ("yes", true));
        return rows[0];
    }

    /// <summary>The last days that there is something of.</summary>
    public async Task<IReadOnlyList<SiteDay>> ListDaysAsync(int first) => await _sql.QueryAsync(
        $"SELECT {_sql.Columns(["Day", .. PlainTables.SiteDayColumns])} FROM {_sql.Table(PlainTables.SiteDays)} WHERE {_sql.Column("Day")} >= @first ORDER BY {_sql.Column("Day")}",
        reader => new SiteDay(DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(reader.GetInt32(0))), Read(reader, 1)),
        ("first", first));

    /// <summary>Keeps the totals of a day; those that it had give way.</summary>
    public async Task WriteAsync(int day, SiteTotals totals)
    {
        await _sql.ExecuteAsync($"DELETE FROM {_sql.Table(PlainTables.SiteDays)} WHERE {_sql.Column("Day")} = @day", ("day", day));
        await _sql.ExecuteAsync(
            $"INSERT INTO {_sql.Table(PlainTables.SiteDays)} ({_sql.Columns(["Day", .. PlainTables.SiteDayColumns])}) VALUES (@day, @torrents, @size, @seeders, @leechers, @completed, @downloads, @transferred)",
            ("day", day),
            ("torrents", totals.Torrents),
            ("size", totals.Size),
            ("seeders", totals.Seeders),
            ("leechers", totals.Leechers),
            ("completed", totals.Completed),
            ("downloads", totals.Downloads),
            ("transferred", totals.Transferred));
    }

    private static SiteTotals Read(DbDataReader reader, int column) => new(
        (int)Bounded(reader.GetValue(column), int.MaxValue),
        Bounded(reader.GetValue(column + 1)),
        (int)Bounded(reader.GetValue(column + 2), int.MaxValue),
        (int)Bounded(reader.GetValue(column + 3), int.MaxValue),
        Bounded(reader.GetValue(column + 4)),
        Bounded(reader.GetValue(column + 5)),
        Bounded(reader.GetValue(column + 6)));

    private static long Bounded(object sum, long most = long.MaxValue)
    {
        // SQLite sums up what is too large for it as a real number.
        var value = Convert.ToDouble(sum, CultureInfo.InvariantCulture);
        return value >= most ? most : sum is double ? (long)value : Convert.ToInt64(sum, CultureInfo.InvariantCulture);
    }
}
