using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardTracker.Tracker.Hosting;

namespace OrchardTracker.Tracker.Completions;

/// <summary>Hands completed downloads over in batches, each in a scope of the tenant that is open only as long as that takes.</summary>
internal sealed partial class CompletionLoop(CompletionQueue queue, TenantShell shell, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private const int MostAtOnce = 100;

    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public void Start() => _running = Task.Run(RunAsync);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        long dropped = 0;
        try
        {
            while (true)
            {
                await queue.WaitAsync(_stopping.Token);
                await Task.Delay(Gathering, time, _stopping.Token);
                await TryHandleAsync(queue.Take(MostAtOnce));
                if (queue.Dropped > dropped)
                {
                    LogDropped(logger, queue.Dropped - dropped);
                    dropped = queue.Dropped;
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task TryHandleAsync(List<Completion> completions)
    {
        try
        {
            await shell.TryUseAsync(async services =>
            {
                foreach (var handler in services.GetServices<ICompletionHandler>())
                {
                    await handler.HandleAsync(completions);
                }
            });
        }
        catch (Exception error)
        {
            LogFailed(logger, error, completions.Count);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Count} completed downloads could not be told to workflows.")]
    private static partial void LogFailed(ILogger logger, Exception error, int count);

    [LoggerMessage(LogLevel.Warning, "{Count} completed downloads were told to no workflow: the workflows are slower than downloads are completed.")]
    private static partial void LogDropped(ILogger logger, long count);
}
