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
/// Asks other trackers for the counts of the torrents that name them: one question at a time to each host, about no torrent
/// more often than the settings say, and ever more seldom to who does not answer.
/// </summary>
public sealed class ForeignScraper(
    ISession session, ForeignTrackers trackers, ForeignClient client, TorrentBoard board, ISiteService siteService, IClock clock)
{
    private const int TrackersAtOnce = 50;
    private const int QuestionsAtOnce = 4;

    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Never = TimeSpan.FromDays(30);

    public async Task ScrapeAsync(CancellationToken cancellationToken)
    {
        var settings = await siteService.GetSettingsAsync<TorrentSettings>();
        if (!settings.AsksForeignTrackers)
        {
            await ForgetAsync();
            return;
        }

        var interval = TimeSpan.FromMinutes(settings.ForeignMinutes);
        var questions = new List<(ForeignTracker Tracker, Dictionary<long, InfoHash> Torrents)>();
        foreach (var tracker in await trackers.ListDueAsync(Now, TrackersAtOnce))
        {
            questions.Add((tracker, (await trackers.ListDueTorrentsAsync(tracker.Id, Now, tracker.Batch)).ToDictionary(torrent => torrent.Id, torrent => torrent.InfoHash)));
        }

        // Nothing is locked while others take their time.
        var answers = new ConcurrentBag<ForeignAnswer>();
        await Parallel.ForEachAsync(
            questions.GroupBy(question => HostOf(question.Tracker.Url)),
            new ParallelOptions { MaxDegreeOfParallelism = QuestionsAtOnce, CancellationToken = cancellationToken },
            async (ofHost, stop) =>
            {
                foreach (var (tracker, torrents) in ofHost)
                {
                    answers.Add(await AskAsync(tracker, torrents, stop));
                }
            });
        foreach (var answer in answers)
        {
            await trackers.WriteAsync(answer, Now, Now + (long)NextQuestion(answer).TotalSeconds, Now + (long)interval.TotalSeconds);
            await SumAsync(answer);
            await session.SaveChangesAsync(CancellationToken.None);
        }

        await trackers.RemoveUnusedAsync();
        await session.SaveChangesAsync(CancellationToken.None);
    }

    private long Now => UnixSeconds.Of(clock.UtcNow);

    private async Task<ForeignAnswer> AskAsync(ForeignTracker tracker, Dictionary<long, InfoHash> torrents, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            var reply = await client.ScrapeAsync(tracker.Url, torrents.Values, cancellationToken);
            return new ForeignAnswer(tracker, torrents, reply.Entries, Stopwatch.GetElapsedTime(start), RetryIn: reply.MinInterval);
        }
        catch (TrackerException error)
        {
            var isRefusal = error.Kind is TrackerErrorKind.Refused or TrackerErrorKind.InvalidResponse;
            return new ForeignAnswer(tracker, torrents, null, Stopwatch.GetElapsedTime(start), error.Message, error.RetryIn, isRefusal);
        }
    }

    private static TimeSpan NextQuestion(ForeignAnswer answer)
    {
        if (answer.RetryIn is { } wanted)
        {
            return wanted == Timeout.InfiniteTimeSpan || wanted > Never ? Never : wanted;
        }

        if (answer.Counts is not null)
        {
            return TimeSpan.Zero;
        }

        var backOff = FirstBackOff * Math.Pow(2, Math.Min(answer.Tracker.Failures, 10));
        return backOff > ForeignTrackers.LongestBackOff ? ForeignTrackers.LongestBackOff : backOff;
    }

    private static string HostOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed.IdnHost : url;

    /// <summary>Puts the sums on the board and into the table by which lists are sorted.</summary>
    private async Task SumAsync(ForeignAnswer answer)
    {
        foreach (var (id, hash) in answer.Asked)
        {
            if (board.TryGetEntry(hash, out var entry))
            {
                var sums = await trackers.RecountAsync(id);
                entry.SetForeign(sums.Seeders, sums.Leechers, sums.Completed);
                entry.IsEventful = true;
            }
        }
    }

    /// <summary>What nobody asks for any more would stay as it was last said.</summary>
    private async Task ForgetAsync()
    {
        await trackers.ForgetAnswersAsync();
        await session.SaveChangesAsync(CancellationToken.None);
        foreach (var entry in board.Entries)
        {
            entry.SetForeign(0, 0, 0);
        }
    }
}
