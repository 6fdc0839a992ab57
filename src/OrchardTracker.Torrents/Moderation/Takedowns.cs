using System.Data.Common;
using OrchardCore.Modules;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Data;
using OrchardTracker.Torrents.Services;
using ISession = YesSql.ISession;

namespace OrchardTracker.Torrents.Moderation;

/// <summary>Keeps which torrents were taken down.</summary>
public sealed class Takedowns(ISession session, TorrentChanges changes, IClock clock)
{
    public const int LongestReason = 1_000;

    private const int LongestTitle = 250;

    private readonly SessionSql _sql = new(session);

    /// <summary>Finds a takedown by any hash of a torrent.</summary>
    public async Task<Takedown?> FindAsync(params IReadOnlyList<InfoHash> hashes)
    {
        var names = hashes.Select((_, index) => $"@h{index}").ToList();
        var list = string.Join(", ", names);
        var found = await ReadAsync(
            $"{_sql.Column("InfoHash")} IN ({list}) OR {_sql.Column("SecondHash")} IN ({list})",
            null,
            0,
            hashes.Select((hash, index) => ($"h{index}", (object?)hash.ToString())));
        return found.FirstOrDefault();
    }

    /// <summary>The latest first.</summary>
    public Task<List<Takedown>> ListAsync(int skip = 0, int? take = null) => ReadAsync(null, take, skip, []);

    public async Task<int> CountAsync() =>
        (await _sql.QueryAsync($"SELECT COUNT(*) FROM {Table}", reader => Convert.ToInt32(reader.GetValue(0), System.Globalization.CultureInfo.InvariantCulture)))[0];

    public async Task AddAsync(InfoHash infoHash, InfoHash? v2, string title, string reason, string? by)
    {
        if (await FindAsync(infoHash) is null)
        {
            await _sql.ExecuteAsync(
                $"INSERT INTO {Table} ({_sql.Columns("InfoHash", "SecondHash", "Title", "Reason", "TakenBy", "TakenAt")}) VALUES (@hash, @second, @title, @reason, @by, @at)",
                ("hash", infoHash.ToString()),
                ("second", v2?.ToString()),
                ("title", Cut(title, LongestTitle)),
                ("reason", Cut(reason, LongestReason)),
                ("by", by),
                ("at", UnixSeconds.Of(clock.UtcNow)));
            await changes.AddAsync(infoHash);
        }
    }

    /// <returns>False when there was none.</returns>
    public async Task<bool> LiftAsync(InfoHash infoHash)
    {
        var lifted = await _sql.ExecuteAsync(
            $"DELETE FROM {Table} WHERE {_sql.Column("InfoHash")} = @hash OR {_sql.Column("SecondHash")} = @hash", ("hash", infoHash.ToString())) > 0;
        if (lifted)
        {
            await changes.AddAsync(infoHash);
        }

        return lifted;
    }

    private string Table => _sql.Table(PlainTables.Takedowns);

    private Task<List<Takedown>> ReadAsync(string? condition, int? take, int skip, IEnumerable<(string Name, object? Value)> parameters) => _sql.QueryAsync(
        _sql.Select(
            _sql.Columns("InfoHash", "SecondHash", "Title", "Reason", "TakenBy", "TakenAt"),
            Table,
            condition,
            $"{_sql.Column("TakenAt")} DESC, {_sql.Column("InfoHash")}",
            take,
            skip),
        Read,
        parameters);

    private static Takedown Read(DbDataReader reader)
    {
        InfoHash.TryParseHex(reader.GetString(0), out var hash);
        return new Takedown(
            hash,
            !reader.IsDBNull(1) && InfoHash.TryParseHex(reader.GetString(1), out var second) ? second : null,
            reader.GetString(2),
            reader.GetString(3),
            reader.IsDBNull(4) ? null : reader.GetString(4),
            DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64(5)));
    }

    private static string Cut(string text, int length) => text.Length > length ? text[..length] : text;
}
