using System.Data.Common;
using System.Text;
using OrchardTracker.BitTorrent;
using OrchardTracker.Tracker.Data;

namespace OrchardTracker.Tracker.Lists;

/// <summary>A table of torrents: the registered ones, or the blocked ones, which have a reason as well.</summary>
internal sealed class TorrentTable(TrackerDatabase database, TimeProvider time, string table, bool hasReason)
{
    // SQL Server takes 2,100 parameters in a command.
    private const int BatchSize = 300;

    private string Columns => hasReason ? "[Hash], [V2], [Name], [AddedBy], [AddedAt], [Reason]" : "[Hash], [V2], [Name], [AddedBy], [AddedAt]";

    /// <summary>Adds those that are not there yet.</summary>
    /// <returns>Those that were added.</returns>
    public async Task<List<ListedTorrent>> AddAsync(IEnumerable<ListedTorrent> torrents, string? addedBy)
    {
        List<ListedTorrent> added = [];
        foreach (var batch in torrents.DistinctBy(torrent => torrent.Hash).Chunk(BatchSize))
        {
            var known = await FindKnownAsync(batch);
            var missing = batch.Where(torrent => !known.Contains(torrent.Hash)).ToList();
            if (missing.Count > 0)
            {
                await InsertAsync(missing, addedBy);
                added.AddRange(missing);
            }
        }

        return added;
    }

    /// <returns>Those that were there.</returns>
    public async Task<List<ListedTorrent>> RemoveAsync(IEnumerable<InfoHash> hashes)
    {
        List<ListedTorrent> removed = [];
        foreach (var batch in hashes.Distinct().Chunk(BatchSize))
        {
            var (list, parameters) = Parameters(batch);
            removed.AddRange(await database.QueryAsync($"SELECT {Columns} FROM <{table}> WHERE [Hash] IN ({list})", Read, parameters));
            await database.ExecuteAsync($"DELETE FROM <{table}> WHERE [Hash] IN ({list})", parameters);
        }

        return removed;
    }

    public Task<long> CountAsync(string? search) =>
        database.CountAsync($"SELECT COUNT(*) FROM <{table}>{Where(search)}", Pattern(search));

    /// <summary>A page, the newest first.</summary>
    public Task<List<ListedTorrent>> ListAsync(string? search, int skip, int take) =>
        database.QueryAsync(database.Sql.Page($"SELECT {Columns} FROM <{table}>{Where(search)} ORDER BY [AddedAt] DESC, [Hash]", skip, take), Read, Pattern(search));

    /// <summary>All, in the order of their hashes, page by page.</summary>
    public async IAsyncEnumerable<ListedTorrent> ReadAllAsync()
    {
        const int pageSize = 5000;
        for (var after = ""; ;)
        {
            var page = await database.QueryAsync(
                database.Sql.Page($"SELECT {Columns} FROM <{table}> WHERE [Hash] > @after ORDER BY [Hash]", 0, pageSize), Read, ("after", after));
            foreach (var torrent in page)
            {
                yield return torrent;
            }

            if (page.Count < pageSize)
            {
                yield break;
            }

            after = page[^1].Hash.ToString();
        }
    }

    private async Task<HashSet<InfoHash>> FindKnownAsync(ListedTorrent[] batch)
    {
        var (list, parameters) = Parameters([.. batch.Select(torrent => torrent.Hash)]);
        return [.. await database.QueryAsync($"SELECT [Hash] FROM <{table}> WHERE [Hash] IN ({list})", reader => HashColumn.Read(reader, 0), parameters)];
    }

    private Task InsertAsync(List<ListedTorrent> torrents, string? addedBy)
    {
        var sql = new StringBuilder($"INSERT INTO <{table}> ({Columns}) VALUES ");
        List<(string, object?)> parameters = [("by", addedBy), ("now", time.GetUtcNow().ToUnixTimeSeconds())];
        for (var i = 0; i < torrents.Count; i++)
        {
            sql.Append(i > 0 ? ", " : "").Append($"(@h{i}, @v{i}, @n{i}, @by, @now").Append(hasReason ? $", @r{i})" : ")");
            parameters.AddRange([($"h{i}", torrents[i].Hash.ToString()), ($"v{i}", torrents[i].V2?.ToString()), ($"n{i}", Cut(torrents[i].Name, 255))]);
            if (hasReason)
            {
                parameters.Add(($"r{i}", Cut(torrents[i].Reason, 1000)));
            }
        }

        return database.ExecuteAsync(sql.ToString(), [.. parameters]);
    }

    private static (string List, (string, object?)[] Parameters) Parameters(InfoHash[] hashes) =>
        (string.Join(", ", hashes.Select((_, i) => $"@h{i}")), [.. hashes.Select((hash, i) => ($"h{i}", (object?)hash.ToString()))]);

    private static string Where(string? search) =>
        string.IsNullOrWhiteSpace(search) ? "" : " WHERE LOWER([Name]) LIKE @search OR [Hash] LIKE @search OR [V2] LIKE @search";

    private static (string, object?)[] Pattern(string? search) =>
        string.IsNullOrWhiteSpace(search) ? [] : [("search", $"%{search.Trim().ToLowerInvariant().Replace("%", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal)}%")];

    private static string? Cut(string? text, int length) => text?.Length > length ? text[..length] : text;

    private ListedTorrent Read(DbDataReader reader) => new(
        HashColumn.Read(reader, 0),
        HashColumn.ReadOptional(reader, 1),
        reader.ReadText(2),
        hasReason ? reader.ReadText(5) : null,
        reader.ReadText(3),
        DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64(4)));
}
