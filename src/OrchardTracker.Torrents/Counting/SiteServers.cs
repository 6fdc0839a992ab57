using OrchardCore.Modules;
using OrchardTracker.Torrents.Data;
using ISession = YesSql.ISession;

namespace OrchardTracker.Torrents.Counting;

/// <summary>
/// The servers of the site: each writes now and then that it is there. What one has counted that is gone counts no more.
/// </summary>
public sealed class SiteServers(ISession session, TorrentBoard board, ServerName self, IClock clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>Who was not there for so long has ended.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <summary>Who has said that it ends may be back by then, under the same name: a restart. A new container has another one.</summary>
    private static readonly TimeSpan PatienceAfterLeaving = TimeSpan.FromMinutes(2);

    private readonly SessionSql _sql = new(session);

    /// <summary>Says that this server is there, and looks who else is.</summary>
    /// <returns>Whether there are others, or were until now.</returns>
    public async Task<bool> MeetAsync()
    {
        var servers = await _sql.QueryAsync($"SELECT {_sql.Columns("Server", "SeenAt")} FROM {Servers}", reader => (Name: reader.GetString(0), SeenAt: reader.GetInt64(1)));
        await StayAsync(servers.Where(server => server.Name == self.Value).Select(server => (long?)server.SeenAt).FirstOrDefault());
        var others = servers.Where(server => server.Name != self.Value).ToList();
        foreach (var (name, _) in others.Where(server => server.SeenAt < Now - (long)Patience.TotalSeconds))
        {
            await ForgetAsync(name);
        }

        await session.SaveChangesAsync(CancellationToken.None);
        return others.Count > 0;
    }

    /// <summary>Says that this server ends: the others need not wait for it as long as for one that has told nothing.</summary>
    public async Task LeaveAsync()
    {
        await SeeAsync(Now - (long)(Patience - PatienceAfterLeaving).TotalSeconds);
        await session.SaveChangesAsync(CancellationToken.None);
    }

    private long Now => UnixSeconds.Of(clock.UtcNow);

    private string Servers => _sql.Table(PlainTables.Servers);

    private async Task StayAsync(long? seenAt)
    {
        if (seenAt is null)
        {
            // Either it is new, or others have taken it for gone.
            board.ForgetWritten();
            await _sql.ExecuteAsync($"INSERT INTO {Servers} ({_sql.Columns("Server", "SeenAt")}) VALUES (@server, @now)", ("server", self.Value), ("now", Now));
        }
        else if (seenAt <= Now - (long)Interval.TotalSeconds)
        {
            await SeeAsync(Now);
        }
    }

    private Task SeeAsync(long at) => _sql.ExecuteAsync(
        $"UPDATE {Servers} SET {_sql.Column("SeenAt")} = @at WHERE {_sql.Column("Server")} = @server", ("server", self.Value), ("at", at));

    private async Task ForgetAsync(string server)
    {
        var (records, counts, isOfServer) = (_sql.Table(PlainTables.Records), _sql.Table(PlainTables.ServerCounts), $"{_sql.Column("Server")} = @server");
        await _sql.ExecuteAsync($"UPDATE {counts} SET {_sql.Column("Seeders")} = 0, {_sql.Column("Leechers")} = 0 WHERE {isOfServer}", ("server", server));
        await _sql.ExecuteAsync(
            $"UPDATE {records} SET {ServerSums.Set(_sql)}, {_sql.Column("ChangedAt")} = @now WHERE {_sql.Column("Id")} IN (SELECT {_sql.Column("TorrentId")} FROM {counts} WHERE {isOfServer})",
            ("server", server),
            ("now", Now));
        await _sql.ExecuteAsync($"DELETE FROM {counts} WHERE {isOfServer}", ("server", server));
        await _sql.ExecuteAsync($"DELETE FROM {Servers} WHERE {isOfServer}", ("server", server));
    }
}
