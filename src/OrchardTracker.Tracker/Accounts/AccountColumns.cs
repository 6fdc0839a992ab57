using System.Text;

namespace OrchardTracker.Tracker.Accounts;

/// <summary>
/// The SQL that adds to accounts: to those of users with torrents, or to the totals of users. Parameters are numbered:
/// <c>@k0_0</c> is the first key of the first row, <c>@v1_0</c> its second value.
/// </summary>
internal sealed class AccountColumns
{
    // First: the two that follow are made of it.
    private static readonly string[] Values = ["Uploaded", "Downloaded", "Corrupt", "CreditedUp", "CreditedDown", "SeedingMilliseconds", "Completed"];

    public static readonly AccountColumns Torrents = new("Accounts", ["UserNumber", "Torrent"]);

    public static readonly AccountColumns Totals = new("Totals", ["UserNumber"]);

    private readonly string _table;
    private readonly string[] _keys;

    private AccountColumns(string table, string[] keys)
    {
        _table = table;
        _keys = keys;
        Update = $"UPDATE <{table}> SET {string.Join(", ", Values.Select((name, i) => $"{Bracket(name)} = {Grown($"{Bracket(name)} + @v{i}_0")}"))}, [LastSeen] = @now WHERE {string.Join(" AND ", keys.Select((name, i) => $"{Bracket(name)} = @k{i}_0"))}";
        Insert = InsertOf(1).Replace(" AS a", "", StringComparison.Ordinal);
    }

    /// <summary>Adds to one account that is there.</summary>
    public string Update { get; }

    /// <summary>Makes one account.</summary>
    public string Insert { get; }

    /// <summary>Makes accounts, or adds to those that are there: for SQLite and PostgreSQL.</summary>
    public string Upsert(int rows) =>
        $"""
        {InsertOf(rows)}
        ON CONFLICT ({string.Join(", ", _keys.Select(Bracket))}) DO UPDATE SET
        {string.Join(", ", Values.Select(name => $"{Bracket(name)} = {Grown($"a.{Bracket(name)} + excluded.{Bracket(name)}")}"))}, [LastSeen] = excluded.[LastSeen]
        """;

    private string InsertOf(int rows)
    {
        var sql = new StringBuilder($"INSERT INTO <{_table}> AS a ({string.Join(", ", _keys.Concat(Values).Select(Bracket))}, [FirstSeen], [LastSeen]) VALUES ");
        for (var row = 0; row < rows; row++)
        {
            sql.Append(row > 0 ? ", (" : "(");
            sql.AppendJoin(", ", _keys.Select((_, i) => $"@k{i}_{row}").Concat(Values.Select((_, i) => $"@v{i}_{row}")));
            sql.Append(", @now, @now)");
        }

        return sql.ToString();
    }

    /// <summary>A sum that stays within its bound, whatever clients claim.</summary>
    private static string Grown(string sum) => $"CASE WHEN {sum} > @most THEN @most ELSE {sum} END";

    private static string Bracket(string name) => $"[{name}]";
}
