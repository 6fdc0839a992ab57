using System.Globalization;
using OrchardTracker.Torrents.Data;
using YesSql;

namespace OrchardTracker.Torrents.Counting;

/// <summary>
/// Writes the counts that have changed, many to a statement and some statements to a transaction. In sessions of its own:
/// what it writes is kept or not whatever becomes of the request in which a shell ends.
/// </summary>
public sealed class CountWriter(IStore store, TorrentBoard board)
{
    private const int RowsAtOnce = 200;
    private const int RowsInTransaction = 2_000;

    /// <summary>What cannot be written waits on the board until the next time.</summary>
    /// <returns>How many rows were written.</returns>
    public async Task<int> WriteAsync(CancellationToken cancellationToken)
    {
        var written = 0;

        // SQLite has one writer: others shall not wait for all of it.
        foreach (var some in board.Entries.Select(Find).OfType<CountChange>().Chunk(RowsInTransaction))
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
                await sql.ExecuteAsync(string.Join(";\n", some.Select(change => Statement(sql, change))));
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

    /// <returns>Null when the row is up to date.</returns>
    private CountChange? Find(BoardEntry entry)
    {
        var own = board.GetOwn(entry.InfoHash);
        entry.HighestSeeders = Math.Max(entry.HighestSeeders, own.Seeders);
        entry.HighestLeechers = Math.Max(entry.HighestLeechers, own.Leechers);
        var change = new CountChange(entry, own, entry.Completed + TorrentBoard.NewlyCompleted(entry, own), entry.TakeDownloads());
        return change.IsEmpty ? null : change;
    }

    /// <summary>Leaves alone what other trackers have said, by which the sums are higher than the own counts.</summary>
    private static string Statement(SessionSql sql, CountChange change)
    {
        // The sums come first: some databases take the new value of what stands before.
        (string Column, int Value)[] counts = [("Seeders", change.Own.Seeders), ("Leechers", change.Own.Leechers), ("Completed", change.Completed)];
        var changes = string.Join(", ", counts.Select(count => string.Create(
            CultureInfo.InvariantCulture,
            $"{sql.Column(count.Column)} = {sql.Column(count.Column)} - {sql.Column("Own" + count.Column)} + {count.Value}, {sql.Column("Own" + count.Column)} = {count.Value}")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"UPDATE {sql.Table(PlainTables.Records)} SET {changes}, {sql.Column("SeenCompleted")} = {change.Own.Completed}, {sql.Column("Downloads")} = {sql.Column("Downloads")} + {change.Downloads} WHERE {sql.Column("Id")} = {change.Entry.Id}");
    }
}
