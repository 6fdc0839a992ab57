using System.Threading.Channels;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <summary>
/// Keeps a folder published: what comes into it becomes a torrent once it rests, what changes becomes a new one, what goes
/// takes its torrent with it.
/// </summary>
public sealed partial class FolderPublisher : IPublishingHost, IAsyncDisposable
{
    // Between two looks at a folder in which much is written.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);

    private readonly FolderPublisherOptions _options;
    private readonly TimeProvider _time;
    private readonly FolderScanner _scanner;
    private readonly FolderState? _state;
    private readonly PublishedTorrents _torrents = new();
    private readonly Dictionary<string, FolderCandidate> _candidates = [];
    private readonly FolderNotices _notices;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;
    private bool _isDisposed;

    public FolderPublisher(FolderPublisherOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _scanner = new FolderScanner(options.Folder, Salt(options.Torrents));
        _state = options.StateFolder is { } folder ? new FolderState(folder) : null;
        _notices = new FolderNotices(notice => Noticed?.Invoke(notice));
        Queue = new PublishingQueue(this, NoPublishingStore.Instance, options.Queue, time);
        Queue.Changed += OnJobChanged;
        Queue.Faulted += (job, error) => _notices.Raise(new(FolderNoticeKind.Failed, job.Name, job.Error, error));
    }

    /// <summary>A torrent comes; it is listed after that. Raised while the folder is looked at: return soon, and do not throw.</summary>
    public event Action<PublishedTorrent>? Published;

    /// <summary>A torrent goes; it is listed until then. What it was made of changed, or is no longer there.</summary>
    public event Action<PublishedTorrent>? Withdrawn;

    public event Action<FolderNotice>? Noticed;

    /// <summary>What is being hashed, or waits for it. Its jobs have the names of files and folders.</summary>
    public PublishingQueue Queue { get; }

    /// <summary>All published torrents, in no certain order.</summary>
    public IReadOnlyList<PublishedTorrent> Torrents => _torrents.All;

    /// <summary>Whether the folder could be read when it was looked at last.</summary>
    public bool IsAvailable { get; private set; }

    /// <summary>Finds a torrent by any of the hashes it is announced under.</summary>
    public PublishedTorrent? Find(InfoHash infoHash) => _torrents.Find(infoHash);

    /// <summary>Publishes what is known from before and unchanged, then goes on in the background.</summary>
    /// <exception cref="IOException">The state cannot be read or written.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        _state?.Load();
        await Queue.StartAsync(cancellationToken);
        await ScanAsync(cancellationToken);
        _loop = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <summary>Has the folder looked through soon.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        await _stopping.CancelAsync();
        await _loop;
        await Queue.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        FolderWatch? watch = null;
        try
        {
            while (true)
            {
                watch ??= _options.Watches ? TryWatch() : null;
                var unsettled = await ScanAsync(_stopping.Token);
                if (!IsAvailable)
                {
                    // When the folder comes back it is another one to the system.
                    watch?.Dispose();
                    watch = null;
                }

                await Task.Delay(ShortestPause, _time, _stopping.Token);
                await WaitAsync(unsettled > 0 ? Min(_options.Settle / 2, _options.Rescan) : _options.Rescan);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
        }
        finally
        {
            watch?.Dispose();
        }
    }

    private FolderWatch? TryWatch()
    {
        try
        {
            var watch = new FolderWatch(_options.Folder, Wake);
            _notices.Clear(FolderNoticeKind.NotWatched, null);
            return watch;
        }
        catch (Exception error) when (error is IOException or ArgumentException or UnauthorizedAccessException)
        {
            _notices.Set(new(FolderNoticeKind.NotWatched, null, new("{0}", error.Message)));
            return null;
        }
    }

    private async Task WaitAsync(TimeSpan most)
    {
        using var due = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        using var timer = _time.CreateTimer(_ => due.Cancel(), null, most, Timeout.InfiniteTimeSpan);
        try
        {
            await _wake.Reader.ReadAsync(due.Token);
        }
        catch (OperationCanceledException) when (!_stopping.IsCancellationRequested)
        {
            // Nobody woke us: time to look all the same.
        }
    }

    private void OnJobChanged(PublishingJob job)
    {
        if (job.IsFinished)
        {
            Wake();
        }
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    // Another way to make torrents makes other torrents.
    private static string Salt(TorrentOptions options) =>
        string.Join('\n', options.Version, options.PieceLength, options.IsPrivate, options.Source, options.UpdateUrl, options.Comment);
}
