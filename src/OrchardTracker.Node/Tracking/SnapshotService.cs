using System.Diagnostics;
using OrchardTracker.Swarms;

namespace OrchardTracker.Node;

/// <summary>Reads the swarms before the first announce is answered, and writes them after the last.</summary>
internal sealed partial class SnapshotService(TrackerEngine engine, StateFolder state, TimeProvider time, ILogger<SnapshotService> logger)
    : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan LongestGrace = TimeSpan.FromDays(1);

    private bool _isTaken;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (state.Swarms is not { } path || !File.Exists(path))
        {
            return;
        }

        try
        {
            // Who could not announce while we were away may do so now. After a day nobody waits any more.
            var isFresh = time.GetUtcNow() - File.GetLastWriteTimeUtc(path) < LongestGrace;
            var peers = await SwarmSnapshot.TakeAsync(engine.Store, path, isFresh ? engine.Settings.Interval : TimeSpan.Zero, cancellationToken);
            _isTaken = true;
            LogLoaded(peers, engine.Store.GetTotals().Swarms, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogUnreadable(path, error.Message);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isTaken = false;
        if (state.Swarms is not { } path)
        {
            return;
        }

        try
        {
            var clock = Stopwatch.StartNew();

            // Whoever is in a hurry loses all peers: this is the last chance, and it takes seconds at the most.
            await SwarmSnapshot.SaveAsync(engine.Store, path, CancellationToken.None);
            LogSaved(engine.Store.GetTotals().Peers, path, clock.ElapsedMilliseconds);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogNotSaved(path, error.Message);
        }
    }

    // A host that could not start is only disposed: what was taken goes back.
    public async ValueTask DisposeAsync()
    {
        if (_isTaken)
        {
            await StopAsync(CancellationToken.None);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Peers} peers in {Swarms} swarms are back from {Path}.")]
    private partial void LogLoaded(int peers, int swarms, string path);

    [LoggerMessage(LogLevel.Warning, "The swarms of before are lost: {Path} cannot be read, or not be removed after it ({Reason}). Clients come back by themselves within their announce interval.")]
    private partial void LogUnreadable(string path, string reason);

    [LoggerMessage(LogLevel.Information, "{Peers} peers are kept in {Path} ({Milliseconds} ms).")]
    private partial void LogSaved(int peers, string path, long milliseconds);

    [LoggerMessage(LogLevel.Error, "The swarms could not be kept: {Path} cannot be written ({Reason}). Mend that before the next restart.")]
    private partial void LogNotSaved(string path, string reason);
}
