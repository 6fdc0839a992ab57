using System.Data.Common;
using OrchardCore.Modules;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Data;
using OrchardTracker.Torrents.Following;
using OrchardTracker.Torrents.Indexes;
using ISession = YesSql.ISession;

namespace OrchardTracker.Torrents.Counting;

/// <summary>Reads from the database which torrents are published, and their counts as they were last written.</summary>
public sealed class BoardLoader(ISession session, TorrentBoard board, ChangeLog log, ServerName server, IClock clock)
{
    // Clocks of servers differ, and what is written is seen a moment later.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    private const int PageLength = 5_000;

    private readonly SessionSql _sql = new(session);

    public async Task LoadAllAsync()
    {
        await log.BeginAsync();
        board.ReadUtc = clock.UtcNow;
        await foreach (var entry in ReadAllAsync())
        {
            board.Set(entry);
        }
    }

    /// <summary>Puts a torrent on the board, or takes it off, as the database says.</summary>
    public async Task LoadAsync(InfoHash infoHash)
    {
        if (await ReadAsync($"r.{_sql.Column("InfoHash")} = @hash", ("hash", infoHash.ToString())) is [var entry, ..])
        {
            board.Set(entry);
        }
        else
        {
            board.Remove(infoHash);
        }
    }

    /// <summary>Reads what other servers have counted, and what other trackers have told them, since the last time.</summary>
    public async Task ReadOthersAsync()
    {
        var since = UnixSeconds.Of(board.ReadUtc - Overlap);
        board.ReadUtc = clock.UtcNow;
        await foreach (var row in ReadAllAsync($"r.{_sql.Column("ChangedAt")} >= @since AND ", ("since", since)))
        {
            if (board.TryGetEntry(row.InfoHash, out var entry) && entry.Id == row.Id)
            {
                board.Set(row);
                entry.Completed = row.Completed;
                entry.IsEventful = true;
            }
        }
    }

    private async IAsyncEnumerable<BoardEntry> ReadAllAsync(string condition = "", params (string Name, object? Value)[] parameters)
    {
        var last = "";
        while (true)
        {
            var page = await ReadAsync($"{condition}r.{_sql.Column("InfoHash")} > @last", [.. parameters, ("last", last)]);
            foreach (var entry in page)
            {
                yield return entry;
            }

            if (page.Count < PageLength)
            {
                yield break;
            }

            last = page[^1].InfoHash.ToString();
        }
    }

    private Task<List<BoardEntry>> ReadAsync(string condition, params IEnumerable<(string Name, object? Value)> parameters)
    {
        string[] columns = ["Id", "InfoHash", "Seeders", "Leechers", "Completed", "OwnSeeders", "OwnLeechers", "OwnCompleted"];
        return _sql.QueryAsync(
            _sql.Select(
                $"{string.Join(", ", columns.Select(column => "r." + _sql.Column(column)))}, c.{_sql.Column("Seeders")}, c.{_sql.Column("Leechers")}, c.{_sql.Column("SeenCompleted")}",
                $"{_sql.Table(PlainTables.Records)} r INNER JOIN {_sql.IndexTable<TorrentPartIndex>()} i ON i.{_sql.Column("InfoHash")} = r.{_sql.Column("InfoHash")} "
                + $"LEFT JOIN {_sql.Table(PlainTables.ServerCounts)} c ON c.{_sql.Column("TorrentId")} = r.{_sql.Column("Id")} AND c.{_sql.Column("Server")} = '{server.Value}'",
                $"{condition} AND i.{_sql.Column("Published")} = @yes",
                $"r.{_sql.Column("InfoHash")}",
                PageLength),
            Read,
            parameters.Append(("yes", true)));
    }

    private static BoardEntry Read(DbDataReader reader)
    {
        InfoHash.TryParseHex(reader.GetString(1), out var hash);
        var hasRow = !reader.IsDBNull(10);
        var entry = new BoardEntry(reader.GetInt64(0), hash)
        {
            Seeders = hasRow ? reader.GetInt32(8) : 0,
            Leechers = hasRow ? reader.GetInt32(9) : 0,
            Completed = reader.GetInt32(7),
            SeenCompleted = hasRow ? reader.GetInt32(10) : -1,
        };
        entry.SetElsewhere(reader.GetInt32(5) - entry.Seeders, reader.GetInt32(6) - entry.Leechers);
        entry.SetForeign(reader.GetInt32(2) - reader.GetInt32(5), reader.GetInt32(3) - reader.GetInt32(6), reader.GetInt32(4) - reader.GetInt32(7));
        return entry;
    }
}
