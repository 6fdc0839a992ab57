using OrchardTracker.Torrents.Data;

namespace OrchardTracker.Torrents.Searching;

/// <summary>The words that somebody searches for, as SQL over the table of words.</summary>
internal sealed class WordSearch
{
    /// <summary>More words narrow nothing down that these have not.</summary>
    private const int MostWords = 8;

    private readonly SessionSql _sql;
    private readonly string[] _conditions;
    private readonly List<(string Name, object? Value)> _parameters = [];

    public WordSearch(SessionSql sql, string text)
    {
        _sql = sql;

        // Long words are mostly rare ones: whatever begins with the first is looked up in the lists of the others.
        _conditions = [.. TorrentWords.Split(text).Distinct().Take(MostWords).OrderByDescending(word => word.Length).Select(Condition)];
    }

    public bool IsEmpty => _conditions.Length == 0;

    public IEnumerable<(string Name, object? Value)> Parameters => _parameters;

    /// <summary>For each word, the numbers of the torrents that have it.</summary>
    public IEnumerable<string> Selects => _conditions.Select(condition => $"SELECT {Torrent} FROM {From} WHERE {condition}");

    /// <summary>The numbers of the torrents that have all words.</summary>
    public string SelectAll(int take) => _sql.Select(
        Torrent, From, string.Join($" AND {Torrent} + 0 IN ", [_conditions[0], .. Selects.Skip(1).Select(select => $"({select})")]), take: take, isDistinct: true);

    private string From => $"{_sql.Table(PlainTables.Words)} w";

    private string Torrent => $"w.{_sql.Column("TorrentId")}";

    private string Condition(string word, int index)
    {
        _parameters.Add(($"w{index}", word));
        if (word.Length == 1)
        {
            // One letter alone is a word; as the beginning of words it would find nearly everything.
            return $"w.{_sql.Column("Word")} = @w{index}";
        }

        _parameters.Add(($"v{index}", word.PadRight(TorrentWords.MaxLength, TorrentWords.Highest)));
        return $"w.{_sql.Column("Word")} >= @w{index} AND w.{_sql.Column("Word")} <= @v{index}";
    }
}
