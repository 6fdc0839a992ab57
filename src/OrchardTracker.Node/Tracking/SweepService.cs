using OrchardTracker.Swarms;

namespace OrchardTracker.Node;

/// <summary>Takes out peers that have gone without a word.</summary>
internal sealed partial class SweepService(TrackerEngine engine, NodeSettings settings, TimeProvider time, ILogger<SweepService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.Tracker.SweepInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                LogSwept(engine.Store.Sweep());
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    [LoggerMessage(LogLevel.Debug, "{Peers} peers have gone without a word.")]
    private partial void LogSwept(int peers);
}
