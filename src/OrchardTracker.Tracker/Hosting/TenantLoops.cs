using Microsoft.Extensions.Logging;
using OrchardTracker.Frontends;
using OrchardTracker.Tracker.Accounts;
using OrchardTracker.Tracker.Completions;

namespace OrchardTracker.Tracker.Hosting;

/// <summary>What runs for a tracker while its feature is on: its pulse, the telling of completed downloads, its meter.</summary>
internal sealed class TenantLoops : IAsyncDisposable
{
    private readonly TrackerMeter _meter;

    /// <param name="gone">Called when the tenant was removed by somebody who tells nobody.</param>
    /// <param name="switchedOff">Called when the feature was switched off by somebody who tells nobody.</param>
    public TenantLoops(TenantTracker tenant, TenantShell shell, AccountFlushing accounts, Action gone, Action switchedOff, ILogger logger)
    {
        Pulse = new TenantPulse(tenant, shell, accounts, logger) { Gone = gone, SwitchedOff = switchedOff };
        Completions = new CompletionLoop(tenant.Completions, shell, tenant.Time, logger);
        _meter = new TrackerMeter(tenant.Engine, tenant.Totals, tenant.Time, [new("orchardtracker.tenant", shell.Name)]);
        Pulse.Start();
        Completions.Start();
    }

    public TenantPulse Pulse { get; }

    public CompletionLoop Completions { get; }

    public async ValueTask DisposeAsync()
    {
        _meter.Dispose();
        await Completions.DisposeAsync();
        await Pulse.DisposeAsync();
    }
}
