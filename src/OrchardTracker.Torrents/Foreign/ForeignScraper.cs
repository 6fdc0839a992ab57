using System.Collections.Concurrent;
using System.Diagnostics;
using OrchardCore.Modules;
using OrchardCore.Settings;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Counting;
using OrchardTracker.Torrents.Data;
using OrchardTracker.Torrents.Settings;
using ISession = YesSql.ISession;

namespace OrchardTracker.Torrents.Foreign;

/// <summary>
/// Asks other trackers for the counts of the torrents that name them: one question at a time to each, about no torrent more
/// often than the settings say, and ever more seldom to who does not answer.
/// </summary>
public sealed class ForeignScraper(
    ISession session, ForeignTrackers trackers, ForeignClient client, TorrentBoard board, ISiteService siteService, IClock clock)
{
    private const int TrackersAtOnce = 50;
    private const int QuestionsAtOnce = 4;

    /// <summary>As many as an UDP packet takes (BEP 15) and HTTP servers bear in an address.</summary>
    private const int TorrentsInQuestion = 50;

    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromDays(1);
    private static readonly TimeSpan Never = TimeSpan.FromDays(30);

    private readonly SessionSql _sql = new(session);

    public async Task ScrapeAsync(CancellationToken cancellationToken)
    {
        var settings = await siteService.GetSettingsAsync<TorrentSettings>();
        if (!settings.AsksForeignTrackers)
        {
            return;
        }

        var interval = TimeSpan.FromMinutes(settings.ForeignMinutes);
        var questions = new List<(ForeignTracker Tracker, Dictionary<long, InfoHash> Torrents)>();
        foreach (var tracker in await trackers.ListDueAsync(Now, TrackersAtOnce))
        {
            questions.Add((tracker, (await trackers.ListDueTorrentsAsync(tracker.Id, Now, TorrentsInQuestion)).ToDictionary(torrent => torrent.Id, torrent => torrent.InfoHash)));
        }

        // Nothing is locked while others take their time.
        var answers = new ConcurrentBag<ForeignAnswer>();
        await Parallel.ForEachAsync(
            questions,
            new ParallelOptions { MaxDegreeOfParallelism = QuestionsAtOnce, CancellationToken = cancellationToken },
            async (question, stop) => answers.Add(await AskAsync(question.Tracker, question.Torrents, stop)));
        foreach (var answer in answers)
        {
            await trackers.WriteAsync(answer, Now, Now + (long)NextQuestion(answer).TotalSeconds, Now + (long)interval.TotalSeconds);
            await SumAsync(answer, interval);
            await session.SaveChangesAsync(CancellationToken.None);
        }

        await trackers.RemoveUnusedAsync();
        await session.SaveChangesAsync(CancellationToken.None);
    }

    private long Now => new DateTimeOffset(clock.UtcNow, TimeSpan.Zero).ToUnixTimeSeconds();

    private async Task<ForeignAnswer> AskAsync(ForeignTracker tracker, Dictionary<long, InfoHash> torrents, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            var counts = await client.ScrapeAsync(tracker.Url, torrents.Values, cancellationToken);
            return new ForeignAnswer(tracker, torrents, counts, Stopwatch.GetElapsedTime(start));
        }
        catch (TrackerException error)
        {
            return new ForeignAnswer(tracker, torrents, null, Stopwatch.GetElapsedTime(start), error.Message, error.RetryIn);
        }
    }

    private static TimeSpan NextQuestion(ForeignAnswer answer)
    {
        if (answer.Counts is not null)
        {
            return TimeSpan.Zero;
        }

        if (answer.RetryIn is { } wanted)
        {
            return wanted == Timeout.InfiniteTimeSpan || wanted > Never ? Never : wanted;
        }

        var backOff = FirstBackOff * Math.Pow(2, Math.Min(answer.Tracker.Failures, 10));
        return backOff > LongestBackOff ? LongestBackOff : backOff;
    }

    /// <summary>Puts the sums on the board and into the table by which lists are sorted.</summary>
    private async Task SumAsync(ForeignAnswer answer, TimeSpan interval)
    {
        // Who is silent for long does not count any more.
        var since = Now - (long)(interval * 3 + LongestBackOff).TotalSeconds;
        foreach (var (id, hash) in answer.Asked)
        {
            if (!board.TryGetEntry(hash, out var entry))
            {
                continue;
            }

            (entry.ForeignSeeders, entry.ForeignLeechers, entry.ForeignCompleted) = await trackers.SumAsync(id, since);
            entry.IsEventful = true;
            await _sql.ExecuteAsync(
                $"UPDATE {_sql.Table(PlainTables.Records)} SET {Sum("Seeders")}, {Sum("Leechers")}, {Sum("Completed")} WHERE {_sql.Column("Id")} = @id",
                ("seeders", entry.ForeignSeeders),
                ("leechers", entry.ForeignLeechers),
                ("completed", entry.ForeignCompleted),
                ("id", id));
        }
    }

    private string Sum(string column) => $"{_sql.Column(column)} = {_sql.Column("Own" + column)} + @{column.ToLowerInvariant()}";
}
