using OrchardTracker.Torrents.Data;

namespace OrchardTracker.Torrents.Counting;

/// <summary>Sums up what the servers of the site count.</summary>
internal static class ServerSums
{
    /// <summary>Assignments for the rows of torrents. What other trackers have said, by which the counts are higher than the own ones, stays.</summary>
    public static string Set(SessionSql sql)
    {
        var (records, counts) = (sql.Table(PlainTables.Records), sql.Table(PlainTables.ServerCounts));

        // The counts come first: some databases take the new value of what stands before.
        return string.Join(", ", new[] { "Seeders", "Leechers" }.Select(count =>
        {
            var (all, own) = (sql.Column(count), sql.Column("Own" + count));
            var sum = $"(SELECT COALESCE(SUM({counts}.{all}), 0) FROM {counts} WHERE {counts}.{sql.Column("TorrentId")} = {records}.{sql.Column("Id")})";
            return $"{all} = {all} - {own} + {sum}, {own} = {sum}";
        }));
    }
}
