using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardTracker.Tracker.Accounts;
using OrchardTracker.Tracker.Services;

namespace OrchardTracker.Tracker.Hosting;

/// <summary>
/// What a tracker does by itself: forgets peers that are gone, and looks whether its tenant still runs and what has changed
/// there. Belongs to the process, not to a shell, and opens a scope of the tenant only to look.
/// </summary>
internal sealed partial class TenantPulse(TenantTracker tenant, TenantShell shell, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan TrimInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan SyncInterval = TimeSpan.FromSeconds(5);

    // A shell that nobody uses is left in peace for so long; its changes may come from other servers of the site.
    private static readonly TimeSpan IdleSyncInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(15);

    // A tenant is not seen for a moment while its shell is made anew.
    private const int BeatsUntilGone = 10;

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Called when the tenant was removed by somebody who tells nobody, such as another server of the site.</summary>
    public Action? Gone { get; init; }

    public void Start() => _running = Task.Run(RunAsync);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    /// <summary>Writes the accounts that wait. What cannot be written waits on.</summary>
    public async Task FlushAsync()
    {
        if (tenant.Database is not { } database)
        {
            return;
        }

        try
        {
            await tenant.Accounts.FlushAsync(database, tenant.AccountRules, CancellationToken.None);
            if (tenant.AccountsFail)
            {
                tenant.AccountsFail = false;
                LogWrittenAgain(logger);
            }
        }
        catch (Exception error)
        {
            if (!tenant.AccountsFail)
            {
                tenant.AccountsFail = true;
                LogNotWritten(logger, error);
            }
        }
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Beat, tenant.Time);
        var now = tenant.Time.GetTimestamp();
        var (swept, synced, flushed, trimmed, portsSeen) = (now, now, now, now, now);
        var missed = 0;
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                missed = shell.IsGone ? missed + 1 : 0;
                if (missed == BeatsUntilGone)
                {
                    Gone?.Invoke();
                }

                if (tenant.IsActive && !shell.IsRunning)
                {
                    tenant.IsActive = false;
                }

                if (!tenant.IsActive || IsDue(ref portsSeen, SyncInterval))
                {
                    await tenant.ApplyPortsAsync();
                }

                tenant.History.Observe();
                if (IsDue(ref swept, SweepInterval))
                {
                    tenant.Engine.Store.Sweep();
                }

                if (IsDue(ref flushed, FlushInterval))
                {
                    await FlushAsync();
                }

                if (tenant.IsActive && IsDue(ref trimmed, TrimInterval))
                {
                    await TryTrimAsync();
                }

                if (tenant.IsActive && IsDue(ref synced, shell.IsBuilt ? SyncInterval : IdleSyncInterval))
                {
                    await TrySyncAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private bool IsDue(ref long last, TimeSpan interval)
    {
        if (tenant.Time.GetElapsedTime(last) < interval)
        {
            return false;
        }

        last = tenant.Time.GetTimestamp();
        return true;
    }

    private async Task TryTrimAsync()
    {
        try
        {
            await shell.TryUseAsync(services => services.GetService<AccountTrimming>()?.TrimAsync(tenant.AccountRules) ?? Task.CompletedTask);
        }
        catch (Exception error)
        {
            LogNotTrimmed(logger, error);
        }
    }

    private async Task TrySyncAsync()
    {
        try
        {
            await shell.TryUseAsync(async services =>
            {
                if (services.GetService<SiteTracker>() is null)
                {
                    // Another process of the site has switched the feature off.
                    tenant.IsActive = false;
                    return;
                }

                foreach (var sync in services.GetServices<ITrackerSync>())
                {
                    await sync.SyncAsync(_stopping.Token);
                }
            });
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // A database that is away comes back; until then the tracker goes by what it knows.
            LogNotSynced(logger, error);
        }
    }

    [LoggerMessage(LogLevel.Error, "The accounts of the tracker's users cannot be written. They wait in memory and are written as soon as the database takes them; until then a crash would lose them.")]
    private static partial void LogNotWritten(ILogger logger, Exception error);

    [LoggerMessage(LogLevel.Information, "The accounts of the tracker's users are written again; nothing was lost.")]
    private static partial void LogWrittenAgain(ILogger logger);

    [LoggerMessage(LogLevel.Error, "Old accounts and addresses of the tracker's users could not be erased; it is tried again in an hour.")]
    private static partial void LogNotTrimmed(ILogger logger, Exception error);

    [LoggerMessage(LogLevel.Error, "The tracker could not look for changes of its settings; it goes on with those it has, and tries again in a few seconds.")]
    private static partial void LogNotSynced(ILogger logger, Exception error);
}
