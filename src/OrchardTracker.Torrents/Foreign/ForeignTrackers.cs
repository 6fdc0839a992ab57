using System.Data.Common;
using System.Globalization;
using OrchardCore.Modules;
using OrchardCore.Settings;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Data;
using OrchardTracker.Torrents.Settings;
using ISession = YesSql.ISession;

namespace OrchardTracker.Torrents.Foreign;

/// <summary>Which torrents name which other trackers, and what these have said.</summary>
public sealed class ForeignTrackers(ISession session, TorrentRecords records, ISiteService siteService, IClock clock)
{
    /// <summary>Of one torrent.</summary>
    private const int MostTrackers = 20;

    /// <summary>Who does not answer is asked no seldomer.</summary>
    internal static readonly TimeSpan LongestBackOff = TimeSpan.FromDays(1);

    private static readonly string[] CountColumns = ["Seeders", "Leechers", "Completed"];

    private readonly SessionSql _sql = new(session);

    /// <summary>Whether a tracker tells counts at an address like this.</summary>
    public static bool CanBeAsked(string url) =>
        url.Length <= ForeignTables.LongestUrl
        && (url.StartsWith("udp:", StringComparison.OrdinalIgnoreCase)
            || (url.StartsWith("http", StringComparison.OrdinalIgnoreCase) && TrackerClient.GetScrapeUrl(url) is not null));

    /// <summary>Sets which trackers are asked about a torrent. What others have said of it is forgotten, also in the sums that are stored.</summary>
    public async Task SetAsync(string infoHash, IEnumerable<string> urls)
    {
        var torrent = await records.EnsureAsync(infoHash);
        var wanted = urls.Where(CanBeAsked).Distinct().Take(MostTrackers).ToHashSet();
        var known = await _sql.QueryAsync(
            $"SELECT t.{_sql.Column("Id")}, t.{_sql.Column("Url")} FROM {Counts} c INNER JOIN {Trackers} t ON t.{_sql.Column("Id")} = c.{_sql.Column("TrackerId")} WHERE c.{_sql.Column("TorrentId")} = @torrent",
            reader => (Id: reader.GetInt64(0), Url: reader.GetString(1)),
            ("torrent", torrent));
        var unwanted = known.Where(tracker => !wanted.Contains(tracker.Url)).ToList();
        foreach (var (id, _) in unwanted)
        {
            await _sql.ExecuteAsync($"DELETE FROM {Counts} WHERE {_sql.Column("TrackerId")} = @tracker AND {_sql.Column("TorrentId")} = @torrent", ("tracker", id), ("torrent", torrent));
        }

        if (unwanted.Count > 0)
        {
            await RecountAsync(torrent);
        }

        foreach (var url in wanted.Except(known.Select(tracker => tracker.Url)))
        {
            await _sql.ExecuteAsync(
                $"INSERT INTO {Counts} ({_sql.Columns("TrackerId", "TorrentId", "NextAt", "AnsweredAt", "Seeders", "Leechers", "Completed")}) VALUES (@tracker, @torrent, 0, 0, 0, 0, 0)",
                ("tracker", await EnsureAsync(url)),
                ("torrent", torrent));
        }
    }

    /// <summary>What other trackers have said of a torrent.</summary>
    public Task<List<ForeignCounts>> OfTorrentAsync(long torrentId) => _sql.QueryAsync(
        $"SELECT t.{_sql.Column("Url")}, c.{_sql.Column("Seeders")}, c.{_sql.Column("Leechers")}, c.{_sql.Column("Completed")}, c.{_sql.Column("AnsweredAt")} "
        + $"FROM {Counts} c INNER JOIN {Trackers} t ON t.{_sql.Column("Id")} = c.{_sql.Column("TrackerId")} WHERE c.{_sql.Column("TorrentId")} = @torrent ORDER BY t.{_sql.Column("Url")}",
        reader => new ForeignCounts(reader.GetString(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3), Time(reader, 4)),
        ("torrent", torrentId));

    /// <summary>Those that most torrents name come first.</summary>
    public Task<List<ForeignTracker>> ListAsync(int skip, int take) =>
        ReadAsync(null, $"5 DESC, {_sql.Column("Url")}", take, skip, []);

    public async Task<int> CountAsync() => (await _sql.QueryAsync(
        $"SELECT COUNT(*) FROM {Trackers}", reader => Convert.ToInt32(reader.GetValue(0), CultureInfo.InvariantCulture)))[0];

    /// <summary>Those that may be asked now and have torrents that want it, the longest waiting first.</summary>
    internal Task<List<ForeignTracker>> ListDueAsync(long now, int take) => ReadAsync(
        $"{_sql.Column("NextAt")} <= @now AND EXISTS (SELECT 1 FROM {Counts} d WHERE d.{_sql.Column("TrackerId")} = t.{_sql.Column("Id")} AND d.{_sql.Column("NextAt")} <= @now)",
        _sql.Column("NextAt"),
        take,
        0,
        [("now", now)]);

    /// <summary>The torrents about which a tracker may be asked now.</summary>
    internal Task<List<(long Id, InfoHash InfoHash)>> ListDueTorrentsAsync(long trackerId, long now, int take) => _sql.QueryAsync(
        _sql.Select(
            $"r.{_sql.Column("Id")}, r.{_sql.Column("InfoHash")}",
            $"{Counts} c INNER JOIN {_sql.Table(PlainTables.Records)} r ON r.{_sql.Column("Id")} = c.{_sql.Column("TorrentId")}",
            $"c.{_sql.Column("TrackerId")} = @tracker AND c.{_sql.Column("NextAt")} <= @now",
            $"c.{_sql.Column("NextAt")}",
            take),
        reader =>
        {
            InfoHash.TryParseHex(reader.GetString(1), out var hash);
            return (reader.GetInt64(0), hash);
        },
        ("tracker", trackerId),
        ("now", now));

    /// <summary>Keeps what a tracker has said, or that it has not.</summary>
    /// <param name="nextTracker">When it may be asked again.</param>
    /// <param name="nextTorrent">When it may be asked again about these torrents.</param>
    internal async Task WriteAsync(ForeignAnswer answer, long now, long nextTracker, long nextTorrent)
    {
        var answered = answer.Counts is null ? "" :
            $", {_sql.Column("Answered")} = {_sql.Column("Answered")} + 1, {_sql.Column("AnsweredAt")} = @now, {_sql.Column("Milliseconds")} = @took";
        await _sql.ExecuteAsync(
            $"UPDATE {Trackers} SET {_sql.Column("NextAt")} = @next, {_sql.Column("Asked")} = {_sql.Column("Asked")} + 1, {_sql.Column("Failures")} = @failures, {_sql.Column("Batch")} = @batch, {_sql.Column("Fault")} = @fault{answered} WHERE {_sql.Column("Id")} = @id",
            ("next", nextTracker),
            ("failures", answer.Counts is null ? answer.Tracker.Failures + 1 : 0),
            ("fault", answer.Fault is { Length: > ForeignTables.LongestFault } fault ? fault[..ForeignTables.LongestFault] : answer.Fault),
            ("batch", NextBatch(answer)),
            ("now", now),
            ("took", (int)answer.Took.TotalMilliseconds),
            ("id", answer.Tracker.Id));
        if (answer.IsRefusal)
        {
            // Others have their turn: perhaps it is one of these that the tracker does not like.
            foreach (var (torrent, _) in answer.Asked)
            {
                await _sql.ExecuteAsync(
                    $"UPDATE {Counts} SET {_sql.Column("NextAt")} = @next WHERE {_sql.Column("TrackerId")} = @tracker AND {_sql.Column("TorrentId")} = @torrent",
                    ("next", nextTorrent),
                    ("tracker", answer.Tracker.Id),
                    ("torrent", torrent));
            }
        }

        if (answer.Counts is null)
        {
            return;
        }

        foreach (var (torrent, hash) in answer.Asked)
        {
            var counts = answer.Counts.GetValueOrDefault(hash);
            await _sql.ExecuteAsync(
                $"UPDATE {Counts} SET {_sql.Column("NextAt")} = @next, {_sql.Column("AnsweredAt")} = @now, {_sql.Column("Seeders")} = @seeders, {_sql.Column("Leechers")} = @leechers, {_sql.Column("Completed")} = @completed WHERE {_sql.Column("TrackerId")} = @tracker AND {_sql.Column("TorrentId")} = @torrent",
                ("next", nextTorrent),
                ("now", now),
                ("seeders", Math.Max(0, counts.Seeders)),
                ("leechers", Math.Max(0, counts.Leechers)),
                ("completed", Math.Max(0, counts.Downloaded)),
                ("tracker", answer.Tracker.Id),
                ("torrent", torrent));
        }
    }

    /// <summary>Stores the sums of what was said of a torrent lately, by which lists are sorted.</summary>
    internal async Task<(int Seeders, int Leechers, int Completed)> RecountAsync(long torrentId)
    {
        // Who is silent for long does not count any more.
        var settings = await siteService.GetSettingsAsync<TorrentSettings>();
        var since = new DateTimeOffset(clock.UtcNow, TimeSpan.Zero) - 3 * TimeSpan.FromMinutes(settings.ForeignMinutes) - LongestBackOff;
        var sums = await SumAsync(torrentId, since.ToUnixTimeSeconds());
        await _sql.ExecuteAsync(
            $"UPDATE {Records} SET {string.Join(", ", CountColumns.Select(column => $"{_sql.Column(column)} = {_sql.Column("Own" + column)} + @{column.ToLowerInvariant()}"))}, {_sql.Column("ChangedAt")} = @now WHERE {_sql.Column("Id")} = @id",
            ("seeders", sums.Seeders),
            ("leechers", sums.Leechers),
            ("completed", sums.Completed),
            ("now", Now),
            ("id", torrentId));
        return sums;
    }

    /// <summary>Forgets what all trackers have said: they are not asked any more.</summary>
    internal async Task ForgetAnswersAsync()
    {
        var answers = await _sql.QueryAsync(_sql.Select(_sql.Column("TorrentId"), Counts, $"{_sql.Column("AnsweredAt")} > 0", take: 1), reader => reader.GetInt64(0));
        if (answers.Count > 0)
        {
            await _sql.ExecuteAsync(
                $"UPDATE {Records} SET {string.Join(", ", CountColumns.Select(column => $"{_sql.Column(column)} = {_sql.Column("Own" + column)}"))}, {_sql.Column("ChangedAt")} = @now "
                + $"WHERE {_sql.Column("Id")} IN (SELECT {_sql.Column("TorrentId")} FROM {Counts} WHERE {_sql.Column("AnsweredAt")} > 0)",
                ("now", Now));
            await _sql.ExecuteAsync(
                $"UPDATE {Counts} SET {string.Join(", ", CountColumns.Select(column => $"{_sql.Column(column)} = 0"))}, {_sql.Column("NextAt")} = 0, {_sql.Column("AnsweredAt")} = 0 WHERE {_sql.Column("AnsweredAt")} > 0");
        }
    }

    /// <param name="since">What is older does not count.</param>
    private async Task<(int Seeders, int Leechers, int Completed)> SumAsync(long torrentId, long since)
    {
        var sums = string.Join(", ", CountColumns.Select(column => $"COALESCE(SUM(CAST({_sql.Column(column)} AS DECIMAL(20))), 0)"));
        return (await _sql.QueryAsync(
            $"SELECT {sums} FROM {Counts} WHERE {_sql.Column("TorrentId")} = @torrent AND {_sql.Column("AnsweredAt")} >= @since",
            reader => (Number(reader, 0), Number(reader, 1), Number(reader, 2)),
            ("torrent", torrentId),
            ("since", since)))[0];
    }

    /// <summary>Forgets trackers that no torrent names any more.</summary>
    internal Task RemoveUnusedAsync() => _sql.ExecuteAsync(
        $"DELETE FROM {Trackers} WHERE NOT EXISTS (SELECT 1 FROM {Counts} c WHERE c.{_sql.Column("TrackerId")} = {Trackers}.{_sql.Column("Id")})");

    private long Now => UnixSeconds.Of(clock.UtcNow);

    private string Records => _sql.Table(PlainTables.Records);

    private string Trackers => _sql.Table(PlainTables.ForeignTrackers);

    private string Counts => _sql.Table(PlainTables.ForeignCounts);

    /// <summary>Half as many where the tracker did not like the question, and slowly more again.</summary>
    private static int NextBatch(ForeignAnswer answer) =>
        answer.IsRefusal ? Math.Max(1, answer.Asked.Count / 2)
        : answer.Counts is null ? answer.Tracker.Batch
        : Math.Min(ForeignTables.LargestBatch, answer.Tracker.Batch + 1);

    private static DateTimeOffset? Time(DbDataReader reader, int column) =>
        reader.GetInt64(column) is > 0 and var seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>A stranger's numbers, in bounds that sums of ours can bear.</summary>
    private static int Number(DbDataReader reader, int column) => (int)Math.Min(100_000_000, Convert.ToDouble(reader.GetValue(column), CultureInfo.InvariantCulture));

    private Task<List<ForeignTracker>> ReadAsync(string? where, string order, int take, int skip, IEnumerable<(string Name, object? Value)> parameters)
    {
        string[] columns = ["Id", "Url", "Asked", "Answered", "Failures", "Milliseconds", "AnsweredAt", "Fault", "Batch"];
        var own = columns.Select(column => "t." + _sql.Column(column)).ToList();
        own.Insert(4, $"(SELECT COUNT(*) FROM {Counts} c WHERE c.{_sql.Column("TrackerId")} = t.{_sql.Column("Id")})");
        return _sql.QueryAsync(
            _sql.Select(string.Join(", ", own), $"{Trackers} t", where, order, take, skip),
            reader => new ForeignTracker(
                reader.GetInt64(0),
                reader.GetString(1),
                Convert.ToInt32(reader.GetValue(4), CultureInfo.InvariantCulture),
                reader.GetInt32(2),
                reader.GetInt32(3),
                reader.GetInt32(5),
                reader.GetInt32(9),
                reader.GetInt32(6),
                Time(reader, 7),
                reader.IsDBNull(8) ? null : reader.GetString(8)),
            parameters);
    }

    private async Task<long> EnsureAsync(string url)
    {
        if (await FindAsync(url) is { } known)
        {
            return known;
        }

        await _sql.ExecuteAsync(
            $"INSERT INTO {Trackers} ({_sql.Columns("Url", "NextAt", "AnsweredAt", "Asked", "Answered", "Failures", "Milliseconds", "Batch")}) VALUES (@url, 0, 0, 0, 0, 0, 0, @batch)",
            ("url", url),
            ("batch", ForeignTables.LargestBatch));
        return (await FindAsync(url))!.Value;
    }

    private async Task<long?> FindAsync(string url)
    {
        var found = await _sql.QueryAsync($"SELECT {_sql.Column("Id")} FROM {Trackers} WHERE {_sql.Column("Url")} = @url", reader => reader.GetInt64(0), ("url", url));
        return found is [var id] ? id : null;
    }
}
