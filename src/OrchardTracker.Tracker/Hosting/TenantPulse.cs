using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardTracker.Tracker.Accounts;
using OrchardTracker.Tracker.Services;

namespace OrchardTracker.Tracker.Hosting;

/// <summary>
/// What a tracker does by itself: forgets peers that are gone, and looks whether its tenant still runs and what has changed
/// there. Belongs to the process, not to a shell, and opens a scope of the tenant only to look.
/// </summary>
internal sealed partial class TenantPulse(TenantTracker tenant, TenantShell shell, AccountFlushing accounts, ILogger logger) : IAsyncDisposable
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
    private readonly HashSet<string> _failing = [];
    private Task _running = Task.CompletedTask;

    /// <summary>Called when another process of the site has switched the feature off.</summary>
    public Action? SwitchedOff { get; init; }

    /// <summary>Called when the tenant was removed by somebody who tells nobody, such as another server of the site.</summary>
    public Action? Gone { get; init; }

    public void Start() => _running = Task.Run(RunAsync);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
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
                    await TryAsync("opening and closing ports", tenant.ApplyPortsAsync);
                }

                await TryAsync("counting for the dashboard", tenant.History.Observe);
                if (IsDue(ref swept, SweepInterval))
                {
                    await TryAsync("forgetting peers that are gone", () => tenant.Engine.Store.Sweep());
                }

                if (IsDue(ref flushed, FlushInterval))
                {
                    await accounts.FlushAsync();
                }

                if (tenant.IsActive && IsDue(ref trimmed, TrimInterval))
                {
                    await TryAsync("erasing old accounts and addresses", TrimAsync);
                }

                if (tenant.IsActive && IsDue(ref synced, shell.IsBuilt ? SyncInterval : IdleSyncInterval))
                {
                    await TryAsync("looking for changes of the settings", SyncAsync);
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

    private Task TryAsync(string what, Action part) => TryAsync(what, () =>
    {
        part();
        return Task.CompletedTask;
    });

    /// <summary>Does a part of a beat. Whatever goes wrong in it ends neither the other parts nor the pulse, and is told once.</summary>
    private async Task TryAsync(string what, Func<Task> part)
    {
        try
        {
            await part();
            if (_failing.Remove(what))
            {
                LogWorksAgain(logger, what);
            }
        }
        catch (Exception error)
        {
            if (!_stopping.IsCancellationRequested && _failing.Add(what))
            {
                LogFailed(logger, error, what);
            }
        }
    }

    private Task TrimAsync() =>
        shell.TryUseAsync(services => services.GetService<AccountTrimming>()?.TrimAsync(tenant.AccountRules) ?? Task.CompletedTask);

    private Task SyncAsync() => shell.TryUseAsync(async services =>
    {
        if (services.GetService<SiteTracker>() is null)
        {
            // Another process of the site has switched the feature off.
            tenant.IsActive = false;
            SwitchedOff?.Invoke();
            return;
        }

        foreach (var sync in services.GetServices<ITrackerSync>())
        {
            await sync.SyncAsync(_stopping.Token);
        }
    });

    [LoggerMessage(LogLevel.Error, "The tracker fails at {What}. It goes on with all else, by what it knows, and tries again by itself; mend the cause, such as a database that is away.")]
    private static partial void LogFailed(ILogger logger, Exception error, string what);

    [LoggerMessage(LogLevel.Information, "The tracker succeeds again at {What}.")]
    private static partial void LogWorksAgain(ILogger logger, string what);
}
