using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using OrchardCore.Users.Indexes;
using YesSql;

namespace OrchardTracker.Tracker.Data;

/// <summary>
/// Makes SQL of the tenant's database of SQL that is written once: <c>[Column]</c> and <c>&lt;Table&gt;</c> are quoted as
/// the database wants it, tables get prefix and schema. Outlives a shell: it holds nothing but the configuration.
/// </summary>
public sealed partial class TrackerSql(IConfiguration configuration)
{
    private readonly ConcurrentDictionary<string, string> _translated = new();
    private readonly Dictionary<string, string> _tables = new()
    {
        ["Secrets"] = TrackerTables.Secrets,
        ["Users"] = TrackerTables.Users,
        ["Torrents"] = TrackerTables.Torrents,
        ["Blocks"] = TrackerTables.Blocks,
        ["Bans"] = TrackerTables.Bans,
        ["Accounts"] = TrackerTables.Accounts,
        ["Totals"] = TrackerTables.Totals,
        ["Terms"] = TrackerTables.Terms,
        ["UserIndex"] = configuration.TableNameConvention.GetIndexTable(typeof(UserIndex)),
        ["UserRoles"] = configuration.TableNameConvention.GetIndexTable(typeof(UserByRoleNameIndex)),
        ["UsersInRoles"] = configuration.TableNameConvention.GetIndexTable(typeof(UserByRoleNameIndex)) + "_" + configuration.TableNameConvention.GetDocumentTable(),
    };

    /// <summary>A connection beside those of sessions, closed as yet. Not within a scope that has a transaction open.</summary>
    public DbConnection CreateConnection() => configuration.ConnectionFactory.CreateConnection();

    /// <summary>Translates a text that comes again and again.</summary>
    public string Translate(string sql) => _translated.GetOrAdd(sql, Format);

    /// <summary>Translates a text that is another one each time.</summary>
    public string Format(string sql) => Quoted().Replace(sql, Quote);

    /// <summary>Whether the database takes <c>INSERT … ON CONFLICT … DO UPDATE</c>.</summary>
    public bool HasUpsert { get; } = configuration.SqlDialect.Name is "Sqlite" or "PostgreSql";

    /// <summary>Takes a part of the rows that a query gives. The query must be ordered.</summary>
    public string Page(string sql, int skip, int take) => configuration.SqlDialect.Name == "SqlServer"
        ? $"{sql} OFFSET {skip} ROWS FETCH NEXT {take} ROWS ONLY"
        : $"{sql} LIMIT {take} OFFSET {skip}";

    private string Quote(Match match) => match.Groups["column"] is { Success: true } column
        ? configuration.SqlDialect.QuoteForColumnName(column.Value)
        : configuration.SqlDialect.QuoteForTableName(configuration.TablePrefix + _tables[match.Groups["table"].Value], configuration.Schema);

    [GeneratedRegex(@"\[(?<column>\w+)\]|<(?<table>\w+)>")]
    private static partial Regex Quoted();
}
