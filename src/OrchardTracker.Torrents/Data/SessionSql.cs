using System.Data;
using System.Data.Common;
using System.Globalization;
using YesSql;
using ISession = YesSql.ISession;

namespace OrchardTracker.Torrents.Data;

/// <summary>
/// SQL over plain tables, on the connection and in the transaction of the current session: what is written is there or
/// not together with the documents of the request. Names are quoted as the database wants them; parameters are
/// <c>@name</c> everywhere.
/// </summary>
internal sealed class SessionSql(ISession session)
{
    /// <summary>The quoted name of a table that is not one of documents or indexes.</summary>
    public string Table(string name) =>
        Dialect.QuoteForTableName(session.Store.Configuration.TablePrefix + name, session.Store.Configuration.Schema);

    /// <summary>The quoted name of the table of an index.</summary>
    public string IndexTable<TIndex>() => Table(session.Store.Configuration.TableNameConvention.GetIndexTable(typeof(TIndex)));

    /// <summary>The quoted name of the table of all documents.</summary>
    public string DocumentTable() => Table(session.Store.Configuration.TableNameConvention.GetDocumentTable());

    public string Column(string name) => Dialect.QuoteForColumnName(name);

    /// <summary>Quoted names of columns, in a row.</summary>
    public string Columns(params IEnumerable<string> names) => string.Join(", ", names.Select(Column));

    /// <summary>A query for some of the rows, in whatever way the database says that.</summary>
    public string Select(string columns, string from, string? where = null, string? orderBy = null, int? take = null, int skip = 0, bool isDistinct = false)
    {
        var builder = Dialect.CreateBuilder("");
        builder.Select();
        if (isDistinct)
        {
            builder.Distinct();
        }

        builder.Selector(columns);
        builder.From(from);
        if (where is not null)
        {
            builder.WhereAnd(where);
        }

        if (orderBy is not null)
        {
            builder.OrderBy(orderBy);
        }

        if (skip > 0)
        {
            builder.Skip(skip.ToString(CultureInfo.InvariantCulture));
        }

        if (take is { } most)
        {
            builder.Take(most.ToString(CultureInfo.InvariantCulture));
        }

        return builder.ToSqlString();
    }

    /// <summary>Changes rows; the change is kept when the session is.</summary>
    /// <returns>How many rows changed.</returns>
    public async Task<int> ExecuteAsync(string sql, params IEnumerable<(string Name, object? Value)> parameters)
    {
        var transaction = await session.BeginTransactionAsync();
        await using var command = MakeCommand(transaction.Connection!, transaction, sql, parameters);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Reads rows. Without a change before it, this opens no transaction.</summary>
    public async Task<List<T>> QueryAsync<T>(
        string sql, Func<DbDataReader, T> read, params IEnumerable<(string Name, object? Value)> parameters)
    {
        var connection = await session.CreateConnectionAsync();
        await using var command = MakeCommand(connection, session.CurrentTransaction, sql, parameters);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private ISqlDialect Dialect => session.Store.Configuration.SqlDialect;

    private static DbCommand MakeCommand(
        DbConnection connection, DbTransaction? transaction, string sql, IEnumerable<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + name;
            parameter.Value = value ?? DBNull.Value;
            if (value is byte[])
            {
                parameter.DbType = DbType.Binary;
            }

            command.Parameters.Add(parameter);
        }

        return command;
    }
}
