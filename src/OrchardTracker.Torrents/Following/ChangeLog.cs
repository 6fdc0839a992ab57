using OrchardCore.Modules;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Data;
using ISession = YesSql.ISession;

namespace OrchardTracker.Torrents.Following;

/// <summary>Tells the servers of a site which torrents each of them has changed.</summary>
public sealed class ChangeLog(ISession session, ChangeCursor cursor, IClock clock)
{
    private const int PageLength = 1_000;

    // Whoever has not looked for so long has ended; who starts reads everything.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly SessionSql _sql = new(session);

    /// <summary>Writes down that a torrent is changed by what else the session does.</summary>
    public Task AddAsync(InfoHash infoHash) => _sql.ExecuteAsync(
        $"INSERT INTO {Table} ({_sql.Columns("InfoHash", "Server", "ChangedAt")}) VALUES (@hash, @server, @at)",
        ("hash", infoHash.ToString()),
        ("server", cursor.Server),
        ("at", UnixSeconds.Of(clock.UtcNow)));

    /// <summary>From now on changes are followed: to be called before everything is read.</summary>
    public async Task BeginAsync()
    {
        if (!cursor.HasBegun)
        {
            var last = await ReadAsync(null, isBackwards: true, ChangeCursor.MostMissing);
            cursor.Begin([.. last.Select(change => change.Id).Reverse()], clock.UtcNow);
        }
    }

    /// <summary>Applies what other servers have changed since the last time. What could not be applied comes again.</summary>
    public async Task FollowAsync(Func<IReadOnlyCollection<InfoHash>, Task> apply, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (last, missing) = cursor.Position;
            var condition = $"{_sql.Column("Id")} > {last}" + (missing.Count > 0 ? $" OR {_sql.Column("Id")} IN ({string.Join(", ", missing)})" : "");
            var changes = await ReadAsync(condition, isBackwards: false, PageLength);
            await apply([.. changes.Where(change => change.Server != cursor.Server).Select(change => change.InfoHash).Distinct()]);
            cursor.Pass(changes.Select(change => change.Id), clock.UtcNow);
            if (changes.Count < PageLength)
            {
                return;
            }
        }
    }

    /// <summary>Forgets what everybody has read.</summary>
    public Task TrimAsync() => _sql.ExecuteAsync($"DELETE FROM {Table} WHERE {_sql.Column("ChangedAt")} < @before", ("before", UnixSeconds.Of(clock.UtcNow - Kept)));

    private string Table => _sql.Table(PlainTables.Changes);

    private Task<List<Change>> ReadAsync(string? condition, bool isBackwards, int take) => _sql.QueryAsync(
        _sql.Select(_sql.Columns("Id", "InfoHash", "Server"), Table, condition, _sql.Column("Id") + (isBackwards ? " DESC" : ""), take),
        reader =>
        {
            InfoHash.TryParseHex(reader.GetString(1), out var hash);
            return new Change(reader.GetInt64(0), hash, reader.GetString(2));
        });

    private readonly record struct Change(long Id, InfoHash InfoHash, string Server);
}
