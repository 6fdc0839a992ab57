using OrchardCore.Modules;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Counting;
using OrchardTracker.Torrents.Data;
using OrchardTracker.Torrents.Models;
using ISession = YesSql.ISession;

namespace OrchardTracker.Torrents.Details;

/// <summary>Reads how the counts went, day by day.</summary>
public sealed class TorrentCourse(ISession session, TorrentBoard board, IClock clock)
{
    private readonly SessionSql _sql = new(session);

    /// <summary>
    /// The last days of a torrent, none before it was published, today last. On a day without a row nobody was there.
    /// </summary>
    public async Task<IReadOnlyList<DayCounts>> OfTorrentAsync(TorrentPart part, int days)
    {
        if (!InfoHash.TryParseHex(part.InfoHash, out var hash) || !board.TryGetEntry(hash, out var entry))
        {
            return [];
        }

        var today = DaySampler.DayOf(clock.UtcNow);
        var rows = await _sql.QueryAsync(
            $"SELECT {_sql.Columns("Day", "Seeders", "Leechers", "Completed")} FROM {_sql.Table(PlainTables.Days)} WHERE {_sql.Column("TorrentId")} = @id AND {_sql.Column("Day")} > @first ORDER BY {_sql.Column("Day")}",
            reader => new DayCounts(reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3)),
            ("id", entry.Id),
            ("first", today - days));
        var course = rows.ToDictionary(row => row.Day);
        var now = board.Get(part.InfoHash);
        course[today] = new DayCounts(
            today,
            Math.Max(now.Seeders, course.GetValueOrDefault(today).Seeders),
            Math.Max(now.Leechers, course.GetValueOrDefault(today).Leechers),
            now.Completed);
        return Fill(course, Math.Max(today - days + 1, DaySampler.DayOf(part.ListedUtc ?? DateTime.UnixEpoch)), today);
    }

    private static List<DayCounts> Fill(Dictionary<int, DayCounts> course, int first, int last)
    {
        var filled = new List<DayCounts>(last - first + 1);
        var completed = course.Values.Min(day => day.Completed);
        for (var day = first; day <= last; day++)
        {
            if (course.TryGetValue(day, out var known))
            {
                completed = known.Completed;
                filled.Add(known);
            }
            else
            {
                filled.Add(new DayCounts(day, 0, 0, completed));
            }
        }

        return filled;
    }
}
