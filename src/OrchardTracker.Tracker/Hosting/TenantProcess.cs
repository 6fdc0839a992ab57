using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrchardTracker.Frontends;
using OrchardTracker.Tracker.Completions;

namespace OrchardTracker.Tracker.Hosting;

/// <summary>
/// Ties a tracker to its process: reads the swarms of before the last stop, keeps its pulse going, and puts everything away
/// when the process stops or the tenant is removed.
/// </summary>
internal sealed class TenantProcess : IAsyncDisposable
{
    private readonly TenantTracker _tenant;
    private readonly TenantShell _shell;
    private readonly string _snapshotPath;
    private readonly Action _forget;
    private readonly ILogger _logger;
    private readonly TenantPulse _pulse;
    private readonly CompletionLoop _completions;
    private CancellationTokenRegistration _stopped;
    private TrackerMeter? _meter;
    private int _isEnded;

    /// <param name="forget">Lets nobody find the tracker any more.</param>
    public TenantProcess(TenantTracker tenant, TenantShell shell, string snapshotPath, Action forget, ILogger logger)
    {
        _tenant = tenant;
        _shell = shell;
        _snapshotPath = snapshotPath;
        _forget = forget;
        _logger = logger;
        _completions = new CompletionLoop(tenant.Completions, shell, tenant.Time, logger);
        _pulse = new TenantPulse(tenant, shell, logger)
        {
            // Not within the pulse, which is waited for.
            Gone = () => _ = Task.Run(async () =>
            {
                forget();
                await DisposeAsync();
            }),
        };
    }

    public async Task StartAsync(IHostApplicationLifetime lifetime)
    {
        await TrackerSnapshots.RestoreAsync(_tenant, _snapshotPath, _logger);
        _pulse.Start();
        _completions.Start();
        _meter = new TrackerMeter(_tenant.Engine, _tenant.Totals, _tenant.Time, [new("orchardtracker.tenant", _shell.Name)]);

        // The server has stopped by then: no announce is lost between the writing and the end.
        _stopped = lifetime.ApplicationStopped.Register(() =>
        {
            _forget();
            StopAsync().GetAwaiter().GetResult();
        });
    }

    /// <summary>For a tenant that is removed: nothing of it is kept.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopped.DisposeAsync();
        await EndAsync();
    }

    private async Task StopAsync()
    {
        if (await EndAsync())
        {
            await _pulse.FlushAsync();
            await TrackerSnapshots.SaveAsync(_tenant, _snapshotPath, _logger);
        }
    }

    /// <returns>False when it has ended before.</returns>
    private async Task<bool> EndAsync()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) == 1)
        {
            return false;
        }

        _tenant.IsActive = false;
        _meter?.Dispose();
        await _completions.DisposeAsync();
        await _pulse.DisposeAsync();
        await _tenant.ApplyPortsAsync();
        return true;
    }
}
