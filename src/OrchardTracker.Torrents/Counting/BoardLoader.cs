using System.Data.Common;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Data;
using OrchardTracker.Torrents.Following;
using OrchardTracker.Torrents.Indexes;
using ISession = YesSql.ISession;

namespace OrchardTracker.Torrents.Counting;

/// <summary>Reads from the database which torrents are published, and their counts as they were last written.</summary>
public sealed class BoardLoader(ISession session, TorrentBoard board, ChangeLog log)
{
    private const int PageLength = 5_000;

    private readonly SessionSql _sql = new(session);

    public async Task LoadAllAsync()
    {
        await log.BeginAsync();
        var last = "";
        while (true)
        {
            var page = await ReadAsync($"r.{_sql.Column("InfoHash")} > @last", ("last", last));
            page.ForEach(board.Set);
            if (page.Count < PageLength)
            {
                return;
            }

            last = page[^1].InfoHash.ToString();
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

    private Task<List<BoardEntry>> ReadAsync(string condition, params IEnumerable<(string Name, object? Value)> parameters)
    {
        string[] columns = ["Id", "InfoHash", "Seeders", "Leechers", "Completed", "OwnSeeders", "OwnLeechers", "OwnCompleted", "SeenCompleted"];
        return _sql.QueryAsync(
            _sql.Select(
                string.Join(", ", columns.Select(column => "r." + _sql.Column(column))),
                $"{_sql.Table(PlainTables.Records)} r INNER JOIN {_sql.IndexTable<TorrentPartIndex>()} i ON i.{_sql.Column("InfoHash")} = r.{_sql.Column("InfoHash")}",
                $"{condition} AND i.{_sql.Column("Published")} = @yes",
                $"r.{_sql.Column("InfoHash")}",
                PageLength),
            Read,
            parameters.Append(("yes", true)));
    }

    private static BoardEntry Read(DbDataReader reader)
    {
        InfoHash.TryParseHex(reader.GetString(1), out var hash);
        return new BoardEntry(reader.GetInt64(0), hash)
        {
            Seeders = reader.GetInt32(5),
            Leechers = reader.GetInt32(6),
            Completed = reader.GetInt32(7),
            SeenCompleted = reader.GetInt32(8),
            ForeignSeeders = reader.GetInt32(2) - reader.GetInt32(5),
            ForeignLeechers = reader.GetInt32(3) - reader.GetInt32(6),
            ForeignCompleted = reader.GetInt32(4) - reader.GetInt32(7),
        };
    }
}
