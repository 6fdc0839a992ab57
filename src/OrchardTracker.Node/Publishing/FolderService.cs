using OrchardTracker.BitTorrent;
using OrchardTracker.Publishing;

namespace OrchardTracker.Node;

/// <summary>The published folder, if there is one: keeps it published, and tells the operator what he should know of it.</summary>
internal sealed partial class FolderService : IHostedService, IAsyncDisposable
{
    private readonly ILogger _logger;

    public FolderService(NodeSettings settings, StateFolder state, ServedTorrents torrents, TimeProvider time, ILogger<FolderService> logger)
    {
        _logger = logger;
        if (settings.Publish.Folder is not { } folder)
        {
            return;
        }

        Publisher = new FolderPublisher(
            new FolderPublisherOptions
            {
                Folder = folder,
                StateFolder = state.Torrents,
                Torrents = settings.Publish.Torrents,
                Settle = settings.Publish.Settle,
                Rescan = settings.Publish.Rescan,
                Queue = new PublishingQueueOptions { MaxConcurrency = settings.Publish.MaxConcurrency },
            },
            time);
        Publisher.Published += torrents.Add;
        Publisher.Published += torrent => LogPublished(torrent.Name, torrent.InfoHash, SizeText.Write(torrent.Metainfo.TotalLength));
        Publisher.Withdrawn += torrents.Remove;
        Publisher.Withdrawn += torrent => LogWithdrawn(torrent.Name, torrent.InfoHash);
        Publisher.Noticed += Tell;
    }

    /// <summary>Null when nothing is published.</summary>
    public FolderPublisher? Publisher { get; }

    public IReadOnlyList<PublishedTorrent> Torrents => Publisher?.Torrents ?? [];

    public PublishedTorrent? Find(string hash) =>
        Publisher is not null && InfoHash.TryParseHex(hash, out var infoHash) ? Publisher.Find(infoHash) : null;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (Publisher is not null)
        {
            await Publisher.StartAsync(cancellationToken);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        if (Publisher is not null)
        {
            await Publisher.DisposeAsync();
        }
    }

    private void Tell(FolderNotice notice)
    {
        var reason = notice.Message?.ToString() ?? notice.Exception?.Message ?? "";
        switch (notice.Kind)
        {
            case FolderNoticeKind.Skipped:
                LogSkipped(notice.Name, reason);
                break;
            case FolderNoticeKind.Failed when notice.Exception is SourceChangedException:
                LogChanged(notice.Name);
                break;
            case FolderNoticeKind.Failed:
                LogFailed(notice.Name, reason, IsKnown(notice.Exception) ? null : notice.Exception);
                break;
            case FolderNoticeKind.FolderUnavailable:
                LogUnavailable(reason);
                break;
            case FolderNoticeKind.FolderAvailable:
                LogAvailable();
                break;
            case FolderNoticeKind.NotWatched:
                LogNotWatched(reason);
                break;
            case FolderNoticeKind.StateNotKept:
                LogNotKept(reason);
                break;
        }
    }

    private static bool IsKnown(Exception? error) => error is IOException or UnauthorizedAccessException or TorrentCreationException or PublishingException;

    [LoggerMessage(LogLevel.Information, "Published: {Name} ({Size}), {InfoHash}.")]
    private partial void LogPublished(string name, InfoHash infoHash, string size);

    [LoggerMessage(LogLevel.Information, "Withdrawn: {Name}, {InfoHash}. It changed or was deleted.")]
    private partial void LogWithdrawn(string name, InfoHash infoHash);

    [LoggerMessage(LogLevel.Warning, "Not published: {Name}. {Reason}")]
    private partial void LogSkipped(string? name, string reason);

    [LoggerMessage(LogLevel.Information, "{Name} changed while it was being hashed; it is hashed again once it rests.")]
    private partial void LogChanged(string? name);

    [LoggerMessage(LogLevel.Warning, "No torrent of {Name}: {Reason} It is tried again from time to time.")]
    private partial void LogFailed(string? name, string reason, Exception? exception);

    [LoggerMessage(LogLevel.Warning, "The published folder cannot be read ({Reason}). Its torrents stay listed, but nobody can download from here. Mount it, or mend its permissions.")]
    private partial void LogUnavailable(string reason);

    [LoggerMessage(LogLevel.Information, "The published folder is back.")]
    private partial void LogAvailable();

    [LoggerMessage(LogLevel.Warning, "The system does not tell of changes in the published folder ({Reason}); it is looked through every Publish:Rescan instead. On Linux, fs.inotify.max_user_watches may be too low.")]
    private partial void LogNotWatched(string reason);

    [LoggerMessage(LogLevel.Warning, "A torrent could not be kept ({Reason}): after a restart it is hashed again. Look at State:Folder.")]
    private partial void LogNotKept(string reason);
}
