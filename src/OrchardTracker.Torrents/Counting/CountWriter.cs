using System.Globalization;
using OrchardCore.Modules;
using OrchardTracker.Torrents.Data;
using YesSql;

namespace OrchardTracker.Torrents.Counting;

/// <summary>
/// Writes the counts that have changed, many to a statement and some statements to a transaction. In sessions of its own:
/// what it writes is kept or not whatever becomes of the request in which a shell ends.
/// </summary>
public sealed class CountWriter(IStore store, TorrentBoard board, ServerName server, IClock clock)
{
    private const int RowsAtOnce = 200;
    private const int RowsInTransaction = 2_000;

    /// <summary>What cannot be written waits on the board until the next time.</summary>
    /// <returns>How many rows were written.</returns>
    public async Task<int> WriteAsync(CancellationToken cancellationToken)
    {
        var written = 0;

        // SQLite has one writer: others shall not wait for all of it. In order, so that no two servers wait for each other.
        foreach (var some in board.Entries.OrderBy(entry => entry.Id).Select(Find).OfType<CountChange>().Chunk(RowsInTransaction))
        {
            await WriteAsync(some, cancellationToken);
            written += some.Length;
        }

        return written;
    }

    private async Task WriteAsync(CountChange[] changes, CancellationToken cancellationToken)
    {
        try
        {
            await using var session = store.CreateSession();
            var sql = new SessionSql(session);
            foreach (var some in changes.Chunk(RowsAtOnce))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await sql.ExecuteAsync(string.Join(";\n", some.SelectMany(change => Statements(sql, change))));
            }

            await session.SaveChangesAsync(CancellationToken.None);
        }
        catch
        {
            Array.ForEach(changes, change => change.Undo());
            throw;
        }

        Array.ForEach(changes, change => change.Apply());
    }

    /// <returns>Null when the row is up to date, or counting has not begun.</returns>
    private CountChange? Find(BoardEntry entry)
    {
        if (entry.SeenCompleted < 0)
        {
            return null;
        }

        var own = board.GetOwn(entry.InfoHash);
        entry.HighestSeeders = Math.Max(entry.HighestSeeders, own.Seeders + entry.ElsewhereSeeders);
        entry.HighestLeechers = Math.Max(entry.HighestLeechers, own.Leechers + entry.ElsewhereLeechers);
        var change = new CountChange(entry, own, entry.Completed + TorrentBoard.NewlyCompleted(entry, own), entry.TakeDownloads());
        return change.IsEmpty ? null : change;
    }

    /// <summary>
    /// The counts of this server go into a row of its own, their sums over all servers to the torrent. The torrent's row is
    /// changed before and after: who writes the sums has waited for the others.
    /// </summary>
    private IEnumerable<string> Statements(SessionSql sql, CountChange change)
    {
        var (id, own) = (change.Entry.Id.ToString(CultureInfo.InvariantCulture), change.Own);
        var (records, counts) = (sql.Table(PlainTables.Records), sql.Table(PlainTables.ServerCounts));
        var row = $"{sql.Column("TorrentId")} = {id} AND {sql.Column("Server")} = '{server.Value}'";
        var seen = sql.Column("SeenCompleted");
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"INSERT INTO {counts} ({sql.Columns("TorrentId", "Server", "Seeders", "Leechers", "SeenCompleted")}) SELECT {sql.Column("Id")}, '{server.Value}', 0, 0, {change.Entry.SeenCompleted} FROM {records} WHERE {sql.Column("Id")} = {id} AND NOT EXISTS (SELECT 1 FROM {counts} WHERE {row})");

        // What this server has counted already stands in its row, whichever of its shells has written it.
        var completed = string.Create(
            CultureInfo.InvariantCulture, $"(SELECT CASE WHEN {seen} <= {own.Completed} THEN {own.Completed} - {seen} ELSE {own.Completed} END FROM {counts} WHERE {row})");
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"UPDATE {records} SET {Add("Completed")}, {Add("OwnCompleted")}, {sql.Column("Downloads")} = {sql.Column("Downloads")} + {change.Downloads}, {sql.Column("ChangedAt")} = {UnixSeconds.Of(clock.UtcNow)} WHERE {sql.Column("Id")} = {id}");
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"UPDATE {counts} SET {sql.Column("Seeders")} = {own.Seeders}, {sql.Column("Leechers")} = {own.Leechers}, {seen} = {own.Completed} WHERE {row}");
        yield return $"UPDATE {records} SET {ServerSums.Set(sql)} WHERE {sql.Column("Id")} = {id}";

        string Add(string column) => $"{sql.Column(column)} = {sql.Column(column)} + {completed}";
    }
}
