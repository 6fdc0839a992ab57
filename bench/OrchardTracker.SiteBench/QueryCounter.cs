using System.Data;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using YesSql;

namespace OrchardTracker.SiteBench;

/// <summary>Counts the queries that a site sends to its database: those that SQLite runs, or that Npgsql says it sends.</summary>
internal sealed class QueryCounter : IConnectionFactory, IDisposable
{
    private readonly IConnectionFactory _inner;
    private readonly ActivityListener _listener;
    private int _count;

    private QueryCounter(IConnectionFactory inner)
    {
        _inner = inner;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = _ => Interlocked.Increment(ref _count),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public Type DbConnectionType => _inner.DbConnectionType;

    public static QueryCounter Attach(IStore store)
    {
        var counter = new QueryCounter(store.Configuration.ConnectionFactory);
        store.Configuration.ConnectionFactory = counter;
        return counter;
    }

    /// <summary>The queries since this was last asked.</summary>
    public int Take() => Interlocked.Exchange(ref _count, 0);

    public DbConnection CreateConnection()
    {
        var connection = _inner.CreateConnection();
        if (connection is SqliteConnection sqlite)
        {
            sqlite.StateChange += (_, change) =>
            {
                if (change.CurrentState == ConnectionState.Open)
                {
                    raw.sqlite3_trace(sqlite.Handle, (_, sql) => Count(sql), null);
                }
            };
        }

        return connection;
    }

    public void Dispose() => _listener.Dispose();

    private void Count(string sql)
    {
        if (sql.AsSpan().TrimStart().StartsWith("SELECT", StringComparison.OrdinalIgnoreCase))
        {
            Interlocked.Increment(ref _count);
        }
    }
}
