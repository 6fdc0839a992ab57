using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrchardCore.Modules;
using YesSql;

namespace OrchardTracker.Torrents.Counting;

/// <summary>Writes what has changed since the last time before it would be forgotten: when the shell ends, and when the server stops.</summary>
internal sealed partial class CountFlush(
    CountWriter writer, IStore store, TorrentBoard board, ServerName server, IClock clock, IHostApplicationLifetime lifetime, ILogger<CountFlush> logger) : IDisposable
{
    private CancellationTokenRegistration _stopped;

    /// <summary>A server that stops ends no shells, it only lets them go. Nobody is answered any more by then.</summary>
    public void Start() => _stopped = lifetime.ApplicationStopped.Register(() => StopAsync().GetAwaiter().GetResult());

    public async Task FlushAsync()
    {
        try
        {
            await writer.WriteAsync(CancellationToken.None);
        }
        catch (Exception error)
        {
            LogNotWritten(logger, error);
        }
    }

    public void Dispose() => _stopped.Dispose();

    private async Task StopAsync()
    {
        await FlushAsync();
        try
        {
            // The scopes of the shell are gone.
            await using var session = store.CreateSession();
            await new SiteServers(session, board, server, clock).LeaveAsync();
        }
        catch (Exception error)
        {
            LogNotLeft(logger, error);
        }
    }

    [LoggerMessage(LogLevel.Error, "The last counts of torrents could not be written. Those of swarms are counted again; downloads of .torrent files in the last minute are not.")]
    private static partial void LogNotWritten(ILogger logger, Exception error);

    [LoggerMessage(LogLevel.Warning, "The other servers of the site could not be told that this one ends: they show its counts for twenty minutes more.")]
    private static partial void LogNotLeft(ILogger logger, Exception error);
}
