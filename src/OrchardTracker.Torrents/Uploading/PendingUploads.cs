using OrchardCore.Modules;
using OrchardTracker.Torrents.Data;
using ISession = YesSql.ISession;

namespace OrchardTracker.Torrents.Uploading;

/// <summary>Keeps what users have uploaded until they save it or a day is over. In the database: a site may be several machines.</summary>
public sealed class PendingUploads(ISession session, IClock clock)
{
    /// <summary>Of one user; the oldest give way.</summary>
    private const int MostBatches = 3;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly SessionSql _sql = new(session);

    /// <returns>The name of the batch.</returns>
    public async Task<string> AddAsync(string userId, IEnumerable<(string FileName, byte[] Bytes)> files)
    {
        await RemoveOldAsync(userId);
        var batch = Guid.NewGuid().ToString("N");
        foreach (var (number, (fileName, bytes)) in files.Index())
        {
            await _sql.ExecuteAsync(
                $"INSERT INTO {Table} ({_sql.Columns("Batch", "Number", "UserId", "FileName", "UploadedAt", "Bytes")}) VALUES (@batch, @number, @user, @name, @at, @bytes)",
                ("batch", batch),
                ("number", number),
                ("user", userId),
                ("name", fileName.Length > 250 ? fileName[..250] : fileName),
                ("at", Now),
                ("bytes", bytes));
        }

        return batch;
    }

    /// <summary>The files of a batch; none when it is another user's.</summary>
    public Task<List<PendingUpload>> FindAsync(string userId, string batch) => _sql.QueryAsync(
        $"SELECT {_sql.Columns("Number", "FileName", "Bytes")} FROM {Table} WHERE {_sql.Column("Batch")} = @batch AND {_sql.Column("UserId")} = @user ORDER BY {_sql.Column("Number")}",
        reader => new PendingUpload(reader.GetInt32(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2)),
        ("batch", batch),
        ("user", userId));

    public Task RemoveAsync(string userId, string batch) => _sql.ExecuteAsync(
        $"DELETE FROM {Table} WHERE {_sql.Column("Batch")} = @batch AND {_sql.Column("UserId")} = @user", ("batch", batch), ("user", userId));

    /// <summary>Removes what nobody has come back for.</summary>
    public Task RemoveExpiredAsync() =>
        _sql.ExecuteAsync($"DELETE FROM {Table} WHERE {_sql.Column("UploadedAt")} < @before", ("before", Now - (long)Lifetime.TotalSeconds));

    private string Table => _sql.Table(PlainTables.Uploads);

    private long Now => UnixSeconds.Of(clock.UtcNow);

    private async Task RemoveOldAsync(string userId)
    {
        await RemoveExpiredAsync();
        var batches = await _sql.QueryAsync(
            $"SELECT {_sql.Column("Batch")}, MAX({_sql.Column("UploadedAt")}) FROM {Table} WHERE {_sql.Column("UserId")} = @user GROUP BY {_sql.Column("Batch")} ORDER BY 2 DESC",
            reader => reader.GetString(0),
            ("user", userId));
        foreach (var old in batches.Skip(MostBatches - 1))
        {
            await RemoveAsync(userId, old);
        }
    }
}
