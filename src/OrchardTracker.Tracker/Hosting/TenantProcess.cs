using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrchardTracker.Tracker.Accounts;

namespace OrchardTracker.Tracker.Hosting;

/// <summary>
/// Ties a tracker to its process: reads the swarms of before the last stop, lets its loops run while its feature is on, and
/// puts everything away when the process stops or the tenant is removed.
/// </summary>
internal sealed partial class TenantProcess : IAsyncDisposable
{
    private readonly TenantTracker _tenant;
    private readonly TenantShell _shell;
    private readonly string _snapshotPath;
    private readonly Action _forget;
    private readonly ILogger _logger;
    private readonly AccountFlushing _accounts;

    [SuppressMessage("Usage", "CA2213", Justification = "A semaphore that is only awaited holds nothing; and a switch of the feature may come late.")]
    private readonly SemaphoreSlim _changing = new(1);
    private CancellationTokenRegistration _stopped;
    private bool _isEnded;

    /// <param name="forget">Lets nobody find the tracker any more.</param>
    public TenantProcess(TenantTracker tenant, TenantShell shell, string snapshotPath, Action forget, ILogger logger)
    {
        _tenant = tenant;
        _shell = shell;
        _snapshotPath = snapshotPath;
        _forget = forget;
        _logger = logger;
        _accounts = new AccountFlushing(tenant, logger);
    }

    /// <summary>What runs; null while the feature is off.</summary>
    public TenantLoops? Loops { get; private set; }

    public async Task StartAsync(IHostApplicationLifetime lifetime)
    {
        await TrackerSnapshots.RestoreAsync(_tenant, _snapshotPath, _logger);

        // The server has stopped by then: no announce is lost between the writing and the end.
        _stopped = lifetime.ApplicationStopped.Register(() =>
        {
            _forget();
            StopAsync().GetAwaiter().GetResult();
        });
    }

    /// <summary>Answers announces, and lets run what runs meanwhile.</summary>
    public async Task ResumeAsync()
    {
        await _changing.WaitAsync();
        try
        {
            if (!_isEnded)
            {
                _tenant.IsActive = true;

                // The pulse waits for nobody who waits for the pulse.
                Loops ??= new TenantLoops(
                    _tenant,
                    _shell,
                    _accounts,
                    gone: () => _ = Task.Run(async () =>
                    {
                        _forget();
                        await DisposeAsync();
                    }),
                    switchedOff: () => _ = Task.Run(PauseAsync),
                    _logger);
            }
        }
        finally
        {
            _changing.Release();
        }

        await _tenant.ApplyPortsAsync();
    }

    /// <summary>
    /// Ends what runs and writes what waits, for a feature that was switched off; the swarms stay. Does nothing when it has
    /// been switched on again.
    /// </summary>
    public async Task PauseAsync()
    {
        await _changing.WaitAsync();
        try
        {
            if (_tenant.IsActive)
            {
                return;
            }

            await EndLoopsAsync();
        }
        finally
        {
            _changing.Release();
        }

        await _tenant.ApplyPortsAsync();
        await _accounts.FlushAsync();
    }

    /// <summary>For a tenant that is removed: nothing of it is kept.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopped.DisposeAsync();
        await EndAsync();
    }

    private async Task StopAsync()
    {
        try
        {
            if (!await EndAsync())
            {
                return;
            }
        }
        catch (Exception error)
        {
            // What is to be kept is kept all the same.
            LogNotEnded(_logger, error);
        }

        await _accounts.FlushAsync();
        await TrackerSnapshots.SaveAsync(_tenant, _snapshotPath, _logger);
    }

    /// <returns>False when it has ended before.</returns>
    private async Task<bool> EndAsync()
    {
        await _changing.WaitAsync();
        try
        {
            if (_isEnded)
            {
                return false;
            }

            _isEnded = true;
            _tenant.IsActive = false;
            await EndLoopsAsync();
        }
        finally
        {
            _changing.Release();
        }

        await _tenant.ApplyPortsAsync();
        return true;
    }

    private async Task EndLoopsAsync()
    {
        if (Loops is { } loops)
        {
            Loops = null;
            await loops.DisposeAsync();
        }
    }

    [LoggerMessage(LogLevel.Error, "The tracker did not end as it should; its accounts and swarms are kept. If a port stays open, end the process.")]
    private static partial void LogNotEnded(ILogger logger, Exception error);
}
