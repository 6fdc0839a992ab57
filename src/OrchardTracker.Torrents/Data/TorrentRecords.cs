using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.TextSearch;
using ISession = YesSql.ISession;

namespace OrchardTracker.Torrents.Data;

/// <summary>The rows beside the content items of torrents: counts and words.</summary>
public sealed class TorrentRecords(ISession session)
{
    /// <summary>Of the names in one torrent. Who packs a hundred thousand files does not fill the table with them.</summary>
    public const int MostWords = 2_000;

    private const int WordsAtOnce = 500;

    private readonly SessionSql _sql = new(session);

    /// <summary>Sees to it that a torrent has a row.</summary>
    /// <returns>The torrent's number.</returns>
    public async Task<long> EnsureAsync(string infoHash)
    {
        if (await FindAsync(infoHash) is { } known)
        {
            return known;
        }

        string[] counts = ["Seeders", "Leechers", "Completed", "OwnSeeders", "OwnLeechers", "OwnCompleted", "Downloads", "ChangedAt"];
        await _sql.ExecuteAsync(
            $"INSERT INTO {_sql.Table(PlainTables.Records)} ({_sql.Column("InfoHash")}, {_sql.Columns(counts)}) VALUES (@hash, {string.Join(", ", counts.Select(_ => "0"))})",
            ("hash", infoHash));
        return (await FindAsync(infoHash))!.Value;
    }

    /// <summary>Makes a torrent findable by the names in it, which never change.</summary>
    public Task SetFileWordsAsync(Metainfo metainfo) => SetWordsAsync(
        metainfo.TrackerHashes[0].ToString(), TorrentNames.Of(metainfo).SelectMany(TorrentWords.Split).Distinct().Take(MostWords), inTitle: false);

    /// <summary>Makes a torrent findable by the title of its content item.</summary>
    public Task SetTitleWordsAsync(string infoHash, string title) => SetWordsAsync(infoHash, TorrentWords.Split(title).Distinct(), inTitle: true);

    public async Task RemoveAsync(string infoHash)
    {
        if (await FindAsync(infoHash) is { } id)
        {
            foreach (var table in new[] { PlainTables.Words, PlainTables.Days, PlainTables.ForeignCounts, PlainTables.ServerCounts })
            {
                await _sql.ExecuteAsync($"DELETE FROM {_sql.Table(table)} WHERE {_sql.Column("TorrentId")} = @id", ("id", id));
            }

            await _sql.ExecuteAsync($"DELETE FROM {_sql.Table(PlainTables.Records)} WHERE {_sql.Column("Id")} = @id", ("id", id));
        }
    }

    private async Task<long?> FindAsync(string infoHash)
    {
        var found = await _sql.QueryAsync(
            $"SELECT {_sql.Column("Id")} FROM {_sql.Table(PlainTables.Records)} WHERE {_sql.Column("InfoHash")} = @hash",
            reader => reader.GetInt64(0),
            ("hash", infoHash));
        return found is [var id] ? id : null;
    }

    private async Task SetWordsAsync(string infoHash, IEnumerable<string> words, bool inTitle)
    {
        var id = await EnsureAsync(infoHash);
        var table = _sql.Table(PlainTables.Words);
        await _sql.ExecuteAsync(
            $"DELETE FROM {table} WHERE {_sql.Column("TorrentId")} = @id AND {_sql.Column("InTitle")} = @inTitle", ("id", id), ("inTitle", inTitle));
        foreach (var some in words.Chunk(WordsAtOnce))
        {
            await _sql.ExecuteAsync(
                $"INSERT INTO {table} ({_sql.Columns("Word", "TorrentId", "InTitle")}) VALUES {string.Join(", ", some.Select((_, index) => $"(@w{index}, @id, @inTitle)"))}",
                [("id", id), ("inTitle", inTitle), .. some.Select((word, index) => ($"w{index}", (object?)word))]);
        }
    }
}
