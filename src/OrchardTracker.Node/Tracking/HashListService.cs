using OrchardTracker.BitTorrent;

namespace OrchardTracker.Node;

/// <summary>Reads whitelist and blacklist, and reads them again when the files change.</summary>
internal sealed partial class HashListService(NodeSettings settings, ServedTorrents torrents, TimeProvider time, ILogger<HashListService> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, (DateTime WrittenAt, long Length)> _seen = [];
    private readonly Dictionary<string, string> _faults = [];

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the first announce is answered.
        Refresh();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Tracker.Whitelist is null && settings.Tracker.Blacklist is null)
        {
            return;
        }

        using var timer = new PeriodicTimer(Pause, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Refresh();
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void Refresh()
    {
        Refresh("Whitelist", settings.Tracker.Whitelist, torrents.SetAllowed);
        Refresh("Blacklist", settings.Tracker.Blacklist, torrents.SetBlocked);
    }

    private void Refresh(string name, string? path, Action<HashSet<InfoHash>> apply)
    {
        if (path is null)
        {
            return;
        }

        try
        {
            var file = new FileInfo(path);
            var version = (file.LastWriteTimeUtc, file.Exists ? file.Length : -1);
            if (_seen.TryGetValue(path, out var seen) && seen == version)
            {
                return;
            }

            var hashes = HashList.Read(path, (number, text) => LogRefused(name, path, number, text));
            apply(hashes);

            // Only now: mended permissions do not show in the version.
            _seen[path] = version;
            _faults.Remove(path);
            LogRead(name, path, hashes.Count);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _seen.Remove(path);
            if (!_faults.TryGetValue(path, out var told) || told != error.Message)
            {
                _faults[path] = error.Message;
                LogUnreadable(name, path, error.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "{Name}: {Count} torrents from {Path}.")]
    private partial void LogRead(string name, string path, int count);

    [LoggerMessage(LogLevel.Warning, "{Name}: line {Number} of {Path} is no info-hash and is left out: \"{Text}\". Write 40 hexadecimal digits.")]
    private partial void LogRefused(string name, string path, int number, string text);

    [LoggerMessage(LogLevel.Warning, "{Name}: {Path} cannot be read ({Reason}); what it held before stays in force. Put the file back, or mend its permissions.")]
    private partial void LogUnreadable(string name, string path, string reason);
}
