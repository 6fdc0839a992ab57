using OrchardTracker.Frontends;
using OrchardTracker.Publishing;
using OrchardTracker.Swarms;

namespace OrchardTracker.Node;

/// <summary>Gathers what the page shows.</summary>
internal sealed class HomeModelBuilder(
    TrackerEngine engine, TotalsCache totals, FolderService folder, ServedTorrent served, PublicAddress address, NodeSettings settings)
{
    private const int PageLength = 100;
    private const int MostPending = 20;

    public HomeModel Build(string root, HomeQuery query)
    {
        var found = folder.Torrents
            .Where(torrent => torrent.Name.Contains(query.Text, StringComparison.CurrentCultureIgnoreCase))
            .Select(torrent => (Torrent: torrent, Counts: CountsOf(torrent)))
            .ToArray();
        var pageCount = Math.Max(1, (found.Length + PageLength - 1) / PageLength);
        query = query with { Page = Math.Min(query.Page, pageCount) };
        var clients = totals.Get();
        return new HomeModel
        {
            Title = settings.Publish.Title,
            AnnounceUrls = [.. address.Trackers(root).SelectMany(tier => tier)],
            HasFolder = folder.Publisher is not null,
            Rows = [.. Sort(found, query.Order).Skip((query.Page - 1) * PageLength).Take(PageLength).Select(entry => ToRow(root, entry.Torrent, entry.Counts))],
            Pending = [.. (folder.Publisher?.Queue.Jobs ?? []).Where(status => status.Job.State != PublishingState.Done).Take(MostPending).Select(ToPending)],
            Count = found.Length,
            TotalSize = found.Sum(entry => entry.Torrent.Metainfo.TotalLength),
            Query = query,
            PageCount = pageCount,
            Seeders = clients.Seeders,
            Leechers = clients.Leechers,
        };
    }

    private static IEnumerable<(PublishedTorrent Torrent, SwarmCounts Counts)> Sort((PublishedTorrent Torrent, SwarmCounts Counts)[] found, HomeOrder order)
    {
        var byName = found.OrderBy(entry => entry.Torrent.Name, StringComparer.CurrentCultureIgnoreCase);
        return order switch
        {
            HomeOrder.Size => byName.OrderByDescending(entry => entry.Torrent.Metainfo.TotalLength),
            HomeOrder.Seeders => byName.OrderByDescending(entry => entry.Counts.Seeders),
            HomeOrder.Leechers => byName.OrderByDescending(entry => entry.Counts.Leechers),
            HomeOrder.Downloads => byName.OrderByDescending(entry => entry.Counts.Completed),
            HomeOrder.Date => byName.OrderByDescending(entry => entry.Torrent.PublishedAt),
            _ => byName,
        };
    }

    private SwarmCounts CountsOf(PublishedTorrent torrent) => engine.Store.TryGetCounts(torrent.InfoHash, out var counts) ? counts : default;

    private TorrentRow ToRow(string root, PublishedTorrent torrent, SwarmCounts counts) => new()
    {
        Name = torrent.Name,
        Hash = torrent.InfoHash.ToString(),
        Size = torrent.Metainfo.TotalLength,
        FileCount = torrent.Metainfo.IsSingleFile ? 0 : torrent.Metainfo.Files.Count(file => !file.IsPadding),
        Seeders = counts.Seeders,
        Leechers = counts.Leechers,
        Downloads = counts.Completed,
        PublishedAt = torrent.PublishedAt,
        TorrentUrl = served.TorrentUrl(root, torrent),
        Magnet = served.Magnet(root, torrent).ToString(),
    };

    private static PendingRow ToPending(PublishingStatus status) => status.Job.State switch
    {
        PublishingState.Hashing => new(status.Job.Name, Remaining(status.Progress), (int)(100 * status.Progress.Share)),
        PublishingState.Waiting => new(status.Job.Name, "in line", null),
        _ => new(status.Job.Name, status.Job.Error?.ToString() ?? "put off", null),
    };

    private static string Remaining(PublishingProgress progress) =>
        progress.Remaining is { } time ? $"being hashed, {Math.Ceiling(time.TotalSeconds):0} s to go" : "being hashed";
}
