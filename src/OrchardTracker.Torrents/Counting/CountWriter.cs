using System.Globalization;
using OrchardTracker.Torrents.Data;
using ISession = YesSql.ISession;

namespace OrchardTracker.Torrents.Counting;

/// <summary>Writes the counts that have changed, many to a statement and some statements to a transaction.</summary>
public sealed class CountWriter(ISession session, TorrentBoard board)
{
    private const int RowsAtOnce = 200;
    private const int RowsInTransaction = 2_000;

    private readonly SessionSql _sql = new(session);

    /// <returns>How many rows were written.</returns>
    public async Task<int> WriteAsync(CancellationToken cancellationToken)
    {
        var written = 0;
        foreach (var some in board.Entries.Select(Update).OfType<string>().Chunk(RowsAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await _sql.ExecuteAsync(string.Join(";\n", some));
            written += some.Length;
            if (written % RowsInTransaction == 0)
            {
                // SQLite has one writer: others shall not wait for all of it.
                await session.SaveChangesAsync(CancellationToken.None);
            }
        }

        await session.SaveChangesAsync(CancellationToken.None);
        return written;
    }

    /// <summary>The statement that brings a row up to date; null when it is.</summary>
    private string? Update(BoardEntry entry)
    {
        var own = board.GetOwn(entry.InfoHash);
        var completed = TorrentBoard.NewlyCompleted(entry, own);
        var downloads = entry.TakeDownloads();
        entry.HighestSeeders = Math.Max(entry.HighestSeeders, own.Seeders);
        entry.HighestLeechers = Math.Max(entry.HighestLeechers, own.Leechers);
        if (own.Seeders == entry.Seeders
            && own.Leechers == entry.Leechers
            && own.Completed == entry.SeenCompleted
            && completed == 0
            && downloads == 0)
        {
            return null;
        }

        entry.Seeders = own.Seeders;
        entry.Leechers = own.Leechers;
        entry.Completed += completed;
        entry.SeenCompleted = own.Completed;
        entry.IsEventful = true;
        (string Column, int Value)[] values =
        [
            ("Seeders", own.Seeders + entry.ForeignSeeders),
            ("Leechers", own.Leechers + entry.ForeignLeechers),
            ("Completed", entry.Completed + entry.ForeignCompleted),
            ("OwnSeeders", own.Seeders),
            ("OwnLeechers", own.Leechers),
            ("OwnCompleted", entry.Completed),
            ("SeenCompleted", own.Completed),
        ];
        var changes = string.Join(", ", values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{_sql.Column(value.Column)} = {value.Value}")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"UPDATE {_sql.Table(PlainTables.Records)} SET {changes}, {_sql.Column("Downloads")} = {_sql.Column("Downloads")} + {downloads} WHERE {_sql.Column("Id")} = {entry.Id}");
    }
}
