using System.Data.Common;
using System.Globalization;
using OrchardTracker.Torrents.Data;
using OrchardTracker.Torrents.TextSearch;
using ISession = YesSql.ISession;

namespace OrchardTracker.Torrents.Searching;

/// <summary>
/// Finds torrents: one query for a page of them, one for how many there are, and before them, where words are searched for, one
/// for the torrents that have these. Scoped.
/// </summary>
public sealed class TorrentFinder(ISession session, ITextIndex index, SearchLimits limits)
{
    private readonly SessionSql _sql = new(session);
    private readonly Dictionary<string, IReadOnlyList<long>?> _numbers = [];

    /// <summary>A page of what is found.</summary>
    /// <param name="skip">So many are left out; whoever goes far does so by <paramref name="after"/>.</param>
    /// <param name="after">The place after which to begin, of a query in the same order.</param>
    public async Task<IReadOnlyList<TorrentHit>> FindAsync(TorrentQuery query, int take, int skip = 0, TorrentCursor? after = null)
    {
        query = await LookUpAsync(query);
        var search = new TorrentSearch(_sql, query);
        var column = search.SortColumn;
        var direction = query.IsAscending ? "" : " DESC";
        if (after is not null)
        {
            search.After(after);
        }

        var sql = _sql.Select(
            $"{search.IdColumn}, {search.ItemColumns}, {search.RecordColumns}, {column}",
            search.FromWithRecords,
            search.Where,
            $"{column}{direction}, {search.IdColumn}{direction}",
            take,
            skip);
        return await _sql.QueryAsync(sql, reader => Read(reader, query), search.Parameters);
    }

    public async Task<TorrentCount> CountAsync(TorrentQuery query)
    {
        query = await LookUpAsync(query with { Order = TorrentOrder.Date });
        var search = new TorrentSearch(_sql, query);
        var from = search.NeedsRecords ? search.FromWithRecords : search.From;
        var isBounded = query is { TorrentIds: null, ContentItemIds: null } && !string.IsNullOrWhiteSpace(query.Text);
        var sql = isBounded
            ? $"SELECT COUNT(*) FROM ({_sql.Select("1 AS x", from, search.Where, take: limits.MostCounted + 1)}) t"
            : _sql.Select("COUNT(*)", from, search.Where);
        var count = (await _sql.QueryAsync(sql, reader => Convert.ToInt32(reader.GetValue(0), CultureInfo.InvariantCulture), search.Parameters))[0];
        return isBounded && count > limits.MostCounted ? new TorrentCount(limits.MostCounted, IsMore: true) : new TorrentCount(count, IsMore: false);
    }

    /// <summary>Finds out what has the words: by the site's index for visitors, which holds what is published, or by our own.</summary>
    private async Task<TorrentQuery> LookUpAsync(TorrentQuery query)
    {
        if (string.IsNullOrWhiteSpace(query.Text) || query.ContentItemIds is not null)
        {
            return query;
        }

        if (query.Visibility == TorrentVisibility.Listed && await index.SearchAsync(query.Text) is { } ids)
        {
            return query with { ContentItemIds = ids };
        }

        if (!_numbers.TryGetValue(query.Text, out var numbers))
        {
            numbers = await FindNumbersAsync(query.Text);
            _numbers.Add(query.Text, numbers);
        }

        return query with { TorrentIds = numbers };
    }

    /// <returns>Null where there are too many.</returns>
    private async Task<IReadOnlyList<long>?> FindNumbersAsync(string text)
    {
        var words = new WordSearch(_sql, text);
        if (words.IsEmpty)
        {
            return [];
        }

        var found = await _sql.QueryAsync(words.SelectAll(limits.MostNumbers + 1), reader => reader.GetInt64(0), words.Parameters);
        return found.Count > limits.MostNumbers ? null : found;
    }

    private static TorrentHit Read(DbDataReader reader, TorrentQuery query)
    {
        var listed = reader.GetInt64(5);
        return new TorrentHit(
            reader.GetInt64(1),
            reader.GetString(2),
            reader.GetString(3),
            reader.GetInt64(4),
            listed == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(listed),
            reader.GetBoolean(6),
            reader.GetBoolean(7),
            reader.GetInt32(8),
            reader.GetInt32(9),
            reader.GetInt32(10),
            reader.GetInt32(11))
        {
            Cursor = new TorrentCursor(
                query.Order, query.IsAscending, Convert.ToString(reader.GetValue(12), CultureInfo.InvariantCulture)!, reader.GetInt64(0)),
        };
    }
}
