using System.Data.Common;
using ISession = YesSql.ISession;

namespace OrchardTracker.Tracker.Data;

/// <summary>
/// The module's tables, in the transaction of the current session: what is written is there or not together with all else
/// that a request stores.
/// </summary>
public sealed class TrackerDatabase(ISession session, TrackerSql sql)
{
    public TrackerSql Sql { get; } = sql;

    /// <returns>How many rows were changed.</returns>
    public async Task<int> ExecuteAsync(string text, params (string Name, object? Value)[] parameters)
    {
        var transaction = await session.BeginTransactionAsync();
        await using var command = transaction.Connection!.CreateCommand(transaction, Sql.Translate(text), parameters);
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<List<T>> QueryAsync<T>(string text, Func<DbDataReader, T> read, params (string Name, object? Value)[] parameters)
    {
        var connection = await session.CreateConnectionAsync();
        await using var command = connection.CreateCommand(session.CurrentTransaction, Sql.Translate(text), parameters);
        await using var reader = await command.ExecuteReaderAsync();
        List<T> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>The first row's first column; the default where there is none.</summary>
    public async Task<long> CountAsync(string text, params (string Name, object? Value)[] parameters)
    {
        var connection = await session.CreateConnectionAsync();
        await using var command = connection.CreateCommand(session.CurrentTransaction, Sql.Translate(text), parameters);
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) : 0;
    }
}
