using System.Globalization;
using OrchardCore.Taxonomies.Indexing;
using OrchardTracker.Torrents.Data;
using OrchardTracker.Torrents.Indexes;

namespace OrchardTracker.Torrents.Searching;

/// <summary>A query as SQL.</summary>
internal sealed class TorrentSearch
{
    private readonly SessionSql _sql;
    private readonly TorrentQuery _query;
    private readonly List<string> _conditions = [];
    private readonly List<(string Name, object? Value)> _parameters = [];

    public TorrentSearch(SessionSql sql, TorrentQuery query)
    {
        _sql = sql;
        _query = query;
        From = $"{sql.IndexTable<TorrentPartIndex>()} i";
        var records = $"{sql.Table(PlainTables.Records)} r";
        var join = $"{Record("InfoHash")} = {Item("InfoHash")}";
        if (query.TorrentIds is not null || IsSortedByRecords)
        {
            // SQLite looks at the tables of a cross join in this order: a few records, or those with the highest counts, come
            // first and not every torrent that is listed.
            FromWithRecords = $"{records} CROSS JOIN {From}";
            Add(join);
        }
        else
        {
            FromWithRecords = $"{From} INNER JOIN {records} ON {join}";
        }

        AddVisibility();
        AddText();
        AddTerms();
        AddRanges();
    }

    public string From { get; }

    public string FromWithRecords { get; }

    public string Where => string.Join(" AND ", _conditions);

    public IEnumerable<(string Name, object? Value)> Parameters => _parameters;

    /// <summary>Whether a condition concerns the counts.</summary>
    public bool NeedsRecords { get; private set; }

    /// <summary>Tells torrents with the same value apart, in the table whose index has them in order.</summary>
    public string IdColumn => IsSortedByRecords ? Record("Id") : Item("Id");

    public string ItemColumns => string.Join(
        ", ", new[] { "DocumentId", "ContentItemId", "InfoHash", "Size", "ListedAt", "Published", "FreeLeech" }.Select(Item));

    public string RecordColumns => string.Join(", ", new[] { "Seeders", "Leechers", "Completed", "Downloads" }.Select(Record));

    public string SortColumn => _query.Order switch
    {
        TorrentOrder.Name => Item("SortTitle"),
        TorrentOrder.Size => Item("Size"),
        TorrentOrder.Seeders => Record("Seeders"),
        TorrentOrder.Leechers => Record("Leechers"),
        TorrentOrder.Completed => Record("Completed"),
        _ => Item("ListedAt"),
    };

    /// <summary>Begins after a place in the order.</summary>
    public void After(TorrentCursor cursor)
    {
        var comparison = _query.IsAscending ? ">" : "<";
        Add(
            $"({SortColumn} {comparison} @afterValue OR ({SortColumn} = @afterValue AND {IdColumn} {comparison} @afterId))",
            ("afterValue", _query.Order == TorrentOrder.Name ? cursor.Value : long.Parse(cursor.Value, CultureInfo.InvariantCulture)),
            ("afterId", cursor.Id));
    }

    private void AddVisibility()
    {
        switch (_query.Visibility)
        {
            case TorrentVisibility.Listed:
                Add($"{Item("Published")} = @yes AND {Item("Listed")} = @yes", ("yes", true));
                break;
            case TorrentVisibility.All:
                Add($"{Item("Latest")} = @yes", ("yes", true));
                break;
            case TorrentVisibility.Published:
                Add($"{Item("Published")} = @yes", ("yes", true));
                break;
            case TorrentVisibility.Unpublished:
                // A draft beside a published version is no torrent that waits.
                Add(
                    $"{Item("Latest")} = @yes AND {Item("Published")} = @no AND NOT EXISTS (SELECT 1 FROM {_sql.IndexTable<TorrentPartIndex>()} p "
                    + $"WHERE p.{_sql.Column("ContentItemId")} = {Item("ContentItemId")} AND p.{_sql.Column("Published")} = @yes)",
                    ("yes", true),
                    ("no", false));
                break;
        }
    }

    private void AddText()
    {
        if (_query.ContentItemIds is { } ids)
        {
            AddIds(ids);
            return;
        }

        if (_query.TorrentIds is { } numbers)
        {
            NeedsRecords = true;
            Add(numbers.Count == 0 ? "1 = 0" : $"{Record("Id")} IN ({string.Join(", ", numbers)})");
            return;
        }

        if (string.IsNullOrWhiteSpace(_query.Text))
        {
            return;
        }

        var words = new WordSearch(_sql, _query.Text);
        foreach (var select in words.Selects)
        {
            // With a bare column SQLite would look up each row of each list in the index of the rows, list within list.
            NeedsRecords = true;
            Add($"{Record("Id")} + 0 IN ({select})");
        }

        if (words.IsEmpty)
        {
            // Something was searched for in which there is no word: nothing has it.
            Add("1 = 0");
        }

        _parameters.AddRange(words.Parameters);
    }

    private void AddIds(IReadOnlyList<string> ids)
    {
        if (ids.Count == 0)
        {
            Add("1 = 0");
            return;
        }

        var names = ids.Select((_, index) => $"c{index}").ToArray();
        Add(
            $"{Item("ContentItemId")} IN ({string.Join(", ", names.Select(name => "@" + name))})",
            names.Zip(ids, (name, id) => (name, (object?)id)));
    }

    private void AddTerms()
    {
        // A draft may stand elsewhere than the version that visitors see.
        var version = _query.Visibility is TorrentVisibility.Listed or TorrentVisibility.Published ? "Published" : "Latest";
        foreach (var (index, terms) in _query.Terms.Index())
        {
            var names = terms.Select((_, term) => $"t{index}x{term}").ToArray();
            Add(
                $"{Item("ContentItemId")} IN (SELECT t.{_sql.Column("ContentItemId")} FROM {_sql.IndexTable<TaxonomyIndex>()} t "
                + $"WHERE t.{_sql.Column("TermContentItemId")} IN ({string.Join(", ", names.Select(name => "@" + name))}) AND t.{_sql.Column(version)} = @yes)",
                [.. names.Zip(terms, (name, term) => (name, (object?)term))]);
        }
    }

    private void AddRanges()
    {
        if (_query.IsAlive)
        {
            NeedsRecords = true;
            Add($"{Record("Seeders")} > 0");
        }

        if (_query.IsFreeLeech)
        {
            Add($"{Item("FreeLeech")} = @free", ("free", true));
        }

        if (_query.MinSize is { } least)
        {
            Add($"{Item("Size")} >= @minSize", ("minSize", least));
        }

        if (_query.MaxSize is { } most)
        {
            Add($"{Item("Size")} <= @maxSize", ("maxSize", most));
        }

        if (_query.Since is { } since)
        {
            Add($"{Item("ListedAt")} >= @since", ("since", since.ToUnixTimeSeconds()));
        }

        if (_query.OwnerId is { } owner)
        {
            Add($"{Item("Owner")} = @owner", ("owner", owner));
        }
    }

    private void Add(string condition, params IEnumerable<(string Name, object? Value)> parameters)
    {
        _conditions.Add(condition);
        _parameters.AddRange(parameters);
    }

    private bool IsSortedByRecords => _query.Order is TorrentOrder.Seeders or TorrentOrder.Leechers or TorrentOrder.Completed;

    private string Item(string column) => "i." + _sql.Column(column);

    private string Record(string column) => "r." + _sql.Column(column);
}
